import type { Evidence } from "../domain/evidence.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor, LedgerTransaction } from "./ports.ts";

/** Who gave or looked at a piece of evidence; never what it says. */
export async function auditEvidence(
  transaction: LedgerTransaction,
  actor: Actor,
  action: "evidence.given" | "evidence.read",
  { account, id, kind, format, bytes }: Evidence,
  at: Instant,
): Promise<void> {
  await transaction.audit({
    ...{ at, actor, action, account, policyVersion: null },
    objectKind: "evidence",
    objectId: id,
    detail: { kind, format, bytes },
  });
}
