import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import {
  callerAsOwner,
  fingerprintOf,
  type KeyFault,
  type RepeatableRequest,
} from "../application/repeatable-request.ts";
import type { AccountId } from "../domain/identifiers.ts";
import { actorOf } from "./authentication.ts";

/** Of every POST that creates something or changes it once; what a fault of it is told with stands in validation-fault.ts. */
export const IdempotencyHeader = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: "^[ -~]*$",
      description:
        "Chosen by the caller, such as a UUID. Repeated with the same key within 48 hours, the first answer comes again. " +
        "Belongs to the account and to the route: elsewhere it is another key.",
    }),
  ),
});

/** Null where the request brought none, and so is done each time that it comes. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  return typeof key === "string" ? key : null;
}

/**
 * The request as one that may be repeated, if it brought a key: it is the same when the same role sends the same body to
 * the same address. `account` owns what is changed; null where that is no account's.
 */
export function repeatableRequest(request: FastifyRequest, account: AccountId | null): RepeatableRequest | null {
  const key = idempotencyKeyOf(request);
  const route = request.routeOptions.schema?.operationId;
  if (key === null) return null;
  if (route === undefined) throw new Error(`${request.routeOptions.url} takes a key and has no operationId`);
  const { params, query, principal } = request;
  const body = Buffer.isBuffer(request.body) ? sha256(request.body) : request.body;
  // Named as the first release named it, so that keys of then are recognised.
  const role = principal?.kind === "staff" ? principal.roles.join("+") : principal?.kind;
  const owner = account ?? callerAsOwner(actorOf(request));
  return { owner, route, key, fingerprint: fingerprintOf({ role, params, query, body }) };
}

export function isKeyFault<Outcome>(outcome: Outcome | KeyFault): outcome is KeyFault {
  if (typeof outcome !== "object" || outcome === null || !("kind" in outcome)) return false;
  return outcome.kind === "idempotency_key_reused" || outcome.kind === "request_still_running";
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
