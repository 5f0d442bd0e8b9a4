import type { SealCheck, SealChecker, UploadChecker } from "./application/verify-contract.ts";
import { type CheckingProcess, openCheckingProcess } from "./verify/checking-process.ts";
import { type DocumentVerdict, verifyDocument } from "./verify/verify-document.ts";

type Roots = readonly Uint8Array[];

/**
 * The verify room as the use cases see it; in this process, for files of ours and of whoever sits at the terminal. The
 * roots are asked for each time, since others may be added while the service runs.
 */
export function sealChecker(roots: () => Roots, timestampRoots: Roots | null = null): SealChecker {
  const trust = timestampRoots && { timestampRoots };
  return { check: (pdf, at) => sealCheck(verifyDocument(pdf, { roots: roots(), ...trust, at: new Date(at) })) };
}

/** The same in a process apart, which starts with the first upload and ends with `close`. */
export function uploadChecker(
  roots: () => Roots,
  timestampRoots: Roots | null = null,
  checking: CheckingProcess = openCheckingProcess(),
): UploadChecker & { close(): Promise<void> } {
  const trust = timestampRoots && { timestampRoots };
  return {
    async check(pdf, at, charge) {
      const verdict = await checking.check(pdf, { roots: roots(), ...trust, at: new Date(at) }, charge);
      return verdict === "too_busy" ? verdict : sealCheck(verdict);
    },
    async isReadable(pdf, _at, charge) {
      const reading = await checking.read(pdf, charge);
      return reading === "too_busy" ? reading : reading === "readable";
    },
    close: () => checking.close(),
  };
}

function sealCheck({ sealedAtSource: _, signer, ...verdict }: DocumentVerdict): SealCheck {
  return { ...verdict, signer: signer?.subject ?? null };
}
