import type { FastifyReply, FastifyRequest } from "fastify";
import type { UnissuedContract } from "../domain/contract.ts";
import { timestampPendingText } from "../domain/timestamp-fault.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";

/** Sealing takes some tens of milliseconds; a timestamp authority that is down takes its time, asked twice a minute. */
const RETRY_AFTER_SECONDS = { sealing: 1, waiting: 30 } as const;

/** 409: there is no file yet, why, and when to ask for it again. */
export function sendNotIssuedYet(
  request: FastifyRequest,
  reply: FastifyReply,
  { waitingFor }: UnissuedContract,
  more: { readonly field?: string } = {},
): FastifyReply {
  reply.header("retry-after", String(RETRY_AFTER_SECONDS[waitingFor ? "waiting" : "sealing"]));
  const detail = waitingFor ? { detail: timestampPendingText(waitingFor.reason)[languageOf(request)] } : {};
  return sendFault(request, reply, "contract_being_sealed", { ...more, ...detail });
}
