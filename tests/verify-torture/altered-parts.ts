import {
  type AttackedContracts,
  type ContractKind,
  makeAttackedContracts,
} from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { ALTERATIONS, type AlterationName } from "./altered-files.ts";
import { NOTHING, type Tally, together } from "./judge-all.ts";
import { JudgePool } from "./judge-pool.ts";
import type { Part, PartConditions, PartResult } from "./part.ts";

/** Sealed with P-256, with RSA, and with P-256 and a timestamp. */
const THREE: readonly ContractKind[] = ["sealed", "rsa", "stamped"];
/** An archive goes on behind its seal by design, so that a revision of it must be told apart from one more archive. */
const FOUR: readonly ContractKind[] = [...THREE, "archived"];
const SAMPLED = 10;
const RANDOM_REVISIONS = 100_000;
const PROGRESS_EVERY_MS = 60_000;

let contracts: Promise<AttackedContracts> | null = null;

/** `sampled` are taken at a share of the scale: an archive is checked with all that it is made of, which takes longer. */
async function judgeKinds(
  kinds: readonly ContractKind[],
  name: AlterationName,
  { scale, seed, print }: PartConditions,
  sampled: readonly ContractKind[] = [],
): Promise<PartResult> {
  contracts ??= makeAttackedContracts();
  const made = await contracts;
  const pool = new JudgePool();
  const figures: Record<string, number | string> = {};
  let all = NOTHING;
  try {
    for (const kind of [...kinds, ...sampled]) {
      const contract = made[kind];
      const count = ALTERATIONS[name].count(contract);
      const share = Number.isFinite(count)
        ? { step: oddStep(sampled.includes(kind) ? scale / SAMPLED : scale) }
        : { limit: Math.ceil((scale * RANDOM_REVISIONS) / kinds.length) };
      const started = performance.now();
      let told = started;
      const progress = ({ judged }: Tally): void => {
        if (performance.now() - told < PROGRESS_EVERY_MS) return;
        told = performance.now();
        print(`${kind}: ${judged} judged after ${((told - started) / 1000).toFixed(0)} s`);
      };
      const tally = await pool.judge(contract, name, { ...share, seed, progress });
      const seconds = (performance.now() - started) / 1000;
      figures[`${kind} (${contract.pdf.length} bytes)`] =
        `${tally.judged} judged, ${tally.acceptedCount} accepted, ${(tally.judged / seconds).toFixed(0)}/s`;
      all = together(all, tally);
    }
  } finally {
    pool.close();
  }
  figures.judged = all.judged;
  figures.accepted = all.acceptedCount;
  figures["first findings"] = Object.entries(all.reasons)
    .toSorted(([, left], [, right]) => right - left)
    .map(([reason, times]) => `${reason} ${times}`)
    .join(", ");
  return { figures, failures: all.accepted };
}

/** An even one would find the same bit of every byte. */
function oddStep(scale: number): number {
  const step = Math.max(1, Math.round(1 / scale));
  return step % 2 === 1 ? step : step + 1;
}

export const FLIPS: Part = {
  name: "flips",
  promise: "no file with one bit flipped is accepted, offline or by the service",
  run: (conditions) => judgeKinds(THREE, "flips", conditions, ["archived"]),
};

export const TRUNCATIONS: Part = {
  name: "truncations",
  promise: "no file that is cut off is accepted, offline or by the service",
  run: (conditions) => judgeKinds(THREE, "truncations", conditions),
};

export const REVISIONS: Part = {
  name: "revisions",
  promise: "no file with a random revision behind it is accepted, offline or by the service",
  run: (conditions) => judgeKinds(FOUR, "revisions", conditions),
};
