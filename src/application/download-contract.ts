import type { IssuedContract } from "../domain/contract.ts";
import { type ReadObjectPorts, readObject } from "./read-object.ts";

/** The sealed file, byte for byte as it was issued (R5). One that is missing or altered throws `ObjectDamaged`. */
export function downloadContract(
  ports: ReadObjectPorts,
  { account, number, form, document }: IssuedContract,
): Promise<Uint8Array> {
  return readObject(ports, { hash: document, account, role: form, contract: number, ticket: null });
}
