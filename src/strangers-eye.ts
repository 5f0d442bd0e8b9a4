import { setImmediate as turn } from "node:timers/promises";
import type { IssuingContract } from "./application/ports.ts";
import type { SealChecker } from "./application/verify-contract.ts";
import type { Instant } from "./domain/time.ts";
import { ALL_RULES, searchFaults } from "./verify/conformance/find-faults.ts";
import { readEmbeddedFile } from "./verify/embedded-file.ts";

/** The port `Inspector`, which needs no more of a contract than this. */
export interface StrangersEye {
  findFault(sealed: Uint8Array, issuing: Pick<IssuingContract, "snapshotJson">, at: Instant): Promise<string | null>;
}

/**
 * Looks at a sealed document with code that had no part in making it, before it is let out: the seal must pass as it
 * would for a stranger, the snapshot must be embedded byte for byte, and the file must be PDF/A-3a and PDF/UA-1, with every
 * character drawn and nothing in it that runs or leads outside (docs/document-standards.md). 6 to 10 ms for three pages.
 */
export function strangersEye(seals: SealChecker): StrangersEye {
  return {
    async findFault(sealed, { snapshotJson }, at) {
      const { verdict, reason, detail } = seals.check(sealed, at);
      if (verdict !== "passed") return `its seal did not pass (${reason}): ${detail}`;
      const embedded = readEmbeddedFile(sealed, "contract.json")?.toString("utf8");
      if (embedded !== snapshotJson) return "the embedded contract.json is not the frozen snapshot";
      const [fault] = await inTurns(searchFaults(sealed, ALL_RULES));
      return fault ? `it breaks ${fault.clause}, ${fault.rule}: ${fault.where}` : null;
    },
  };
}

/** An order of 400 lines takes a tenth of a second to look through: others are served in between. */
const LONGEST_TURN_MS = 8;

async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < LONGEST_TURN_MS) continue;
    await turn();
    since = performance.now();
  }
}
