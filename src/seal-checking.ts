import type { Inspector } from "./application/ports.ts";
import type { SealCheck, SealChecker, UploadChecker } from "./application/verify-contract.ts";
import { openCheckingProcess } from "./verify/checking-process.ts";
import { readEmbeddedFile } from "./verify/embedded-file.ts";
import { type DocumentVerdict, verifyDocument } from "./verify/verify-document.ts";

/** The verify room as the use cases see it; in this process, for files of ours and of whoever sits at the terminal. */
export function sealChecker(roots: readonly Uint8Array[]): SealChecker {
  return { check: (pdf, at) => sealCheck(verifyDocument(pdf, { roots, at: new Date(at) })) };
}

/** The same in a process of its own, which starts with the first upload and ends with `close`. */
export function uploadChecker(roots: readonly Uint8Array[]): UploadChecker & { close(): Promise<void> } {
  const checking = openCheckingProcess();
  return {
    async check(pdf, at) {
      const verdict = await checking.check(pdf, { roots, at: new Date(at) });
      return verdict === "too_busy" ? verdict : sealCheck(verdict);
    },
    async isReadable(pdf) {
      const reading = await checking.read(pdf);
      return reading === "too_busy" ? reading : reading === "readable";
    },
    close: () => checking.close(),
  };
}

function sealCheck({ verdict, reason, detail, sealedAt, signer }: DocumentVerdict): SealCheck {
  return { verdict, reason, detail, sealedAt, signer: signer?.subject ?? null };
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
