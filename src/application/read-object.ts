import type { ReferredObject } from "./object-books.ts";
import { ObjectDamaged } from "./object-faults.ts";
import type { Clock, Ledger, Objects } from "./ports.ts";

export interface ReadObjectPorts {
  readonly ledger: Pick<Ledger, "transaction" | "damagedObjects">;
  readonly clock: Clock;
  readonly objects: Pick<Objects, "get">;
}

const SYSTEM = { kind: "system", id: "read-object" } as const;

/**
 * The bytes that the books refer to, checked against their hash. One that is missing or altered throws `ObjectDamaged`,
 * which says whose file it is, and is written into the audit when it is found first, so that `doctor` knows of it.
 */
export async function readObject(ports: ReadObjectPorts, object: ReferredObject): Promise<Uint8Array> {
  let damage: ObjectDamaged["damage"] = "missing";
  try {
    const bytes = await ports.objects.get(object.hash);
    if (bytes) return bytes;
  } catch (error) {
    if (!(error instanceof ObjectDamaged)) throw error;
    ({ damage } = error);
  }
  await note(ports, object, damage);
  throw new ObjectDamaged(object.hash, damage, `${object.hash} (${nameOfObject(object)})`);
}

/** "sealed file of contract CS-202611-000001-A", for messages and logs. */
export function nameOfObject(object: ReferredObject): string {
  if (object.role === "attachment") return `attachment of ticket ${object.ticket}`;
  return `${object.role === "archive" ? "archive" : `${object.role} file`} of contract ${object.contract}`;
}

async function note(
  { ledger, clock }: ReadObjectPorts,
  object: ReferredObject,
  damage: ObjectDamaged["damage"],
): Promise<void> {
  if ((await ledger.damagedObjects()).some(({ hash, role }) => hash === object.hash && role === object.role)) return;
  const { hash, account, role, contract, ticket } = object;
  await ledger.transaction((transaction) =>
    transaction.audit({
      at: clock.now(),
      actor: SYSTEM,
      action: "object.damaged",
      account,
      objectKind: "object",
      objectId: hash,
      policyVersion: null,
      detail: { damage, role, contract, ticket },
    }),
  );
}
