import type { Inspector } from "./application/ports.ts";
import type { SealChecker } from "./application/verify-contract.ts";
import { readEmbeddedFile } from "./verify/embedded-file.ts";
import { verifyDocument } from "./verify/verify-document.ts";

/** The verify room as the use cases see it. */
export function sealChecker(roots: readonly Uint8Array[]): SealChecker {
  return {
    check(pdf, at) {
      const { verdict, reason, detail, sealedAt, signer } = verifyDocument(pdf, { roots, at: new Date(at) });
      return { verdict, reason, detail, sealedAt, signer: signer?.subject ?? null };
    },
  };
}

/**
 * Looks at a sealed document with code that had no part in making it, before it is let out: the seal must pass as it
 * would for a stranger, and the snapshot must be embedded byte for byte.
 */
export function strangersEye(seals: SealChecker): Inspector {
  return {
    async findFault(sealed, { snapshotJson }, at) {
      const { verdict, reason, detail } = seals.check(sealed, at);
      if (verdict !== "passed") return `its seal did not pass (${reason}): ${detail}`;
      const embedded = readEmbeddedFile(sealed, "contract.json")?.toString("utf8");
      return embedded === snapshotJson ? null : "the embedded contract.json is not the frozen snapshot";
    },
  };
}
