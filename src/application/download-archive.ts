import type { Archive } from "../domain/archive.ts";
import type { Contract } from "../domain/contract.ts";
import { type ReadObjectPorts, readObject } from "./read-object.ts";

/** The archive, byte for byte as it was made. One that is missing or altered throws `ObjectDamaged`. */
export function downloadArchive(
  ports: ReadObjectPorts,
  { account, number }: Contract,
  { document }: Archive,
): Promise<Uint8Array> {
  return readObject(ports, { hash: document, account, role: "archive", contract: number, ticket: null });
}
