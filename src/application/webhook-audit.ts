import type { Instant } from "../domain/time.ts";
import type { WebhookEndpointId } from "../domain/webhook.ts";
import type { Actor, AuditEntry, LedgerTransaction } from "./ports.ts";

export type EndpointAction = "created" | "changed" | "enabled" | "disabled" | "deleted" | "secret_rotated" | "replayed";

/** Writes down who did what with an endpoint; never a secret. */
export async function auditEndpoint(
  transaction: Pick<LedgerTransaction, "audit">,
  actor: Actor,
  action: EndpointAction,
  endpoint: WebhookEndpointId,
  at: Instant,
  detail: AuditEntry["detail"],
): Promise<void> {
  await transaction.audit({
    at,
    actor,
    action: `webhook_endpoint.${action}`,
    account: null,
    objectKind: "webhook_endpoint",
    objectId: endpoint,
    policyVersion: null,
    detail,
  });
}
