import type { IssuedContract } from "../domain/contract.ts";
import type { Ledger, Objects } from "./ports.ts";

/** The sealed file, byte for byte as it was issued (R5). A missing file is broken infrastructure and throws. */
export async function downloadContract(
  { objects }: { ledger: Ledger; objects: Objects },
  contract: IssuedContract,
): Promise<Uint8Array> {
  const bytes = await objects.get(contract.document);
  if (!bytes) throw new Error(`the sealed file ${contract.document} of contract ${contract.number} is missing`);
  return bytes;
}
