import { join } from "node:path";
import type { SealCheck } from "./application/verify-contract.ts";
import { certificatesOfPem, openRoots } from "./document/seal-roots.ts";
import { readTimestampRoots } from "./document/timestamp-roots.ts";
import { instantOf } from "./domain/time.ts";
import { sealChecker } from "./seal-checking.ts";

/** Checks a seal by the certificates of a PEM text, or by the roots beside these keys, without opening anything. */
export async function checkOffline(pdf: Uint8Array, keys: string, trust: string | null): Promise<SealCheck> {
  const own = async () => (await openRoots(join(keys, "roots"), 0).current()).certificates;
  const roots = trust === null ? await own() : certificatesOfPem(trust);
  const timestampRoots = trust === null ? await readTimestampRoots(keys) : null;
  return sealChecker(() => roots, timestampRoots).check(pdf, instantOf(Date.now()));
}
