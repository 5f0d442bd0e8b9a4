import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { refusalText, refusalTitle } from "../domain/refusal-text.ts";
import { nextStepJson } from "./decision-json.ts";
import { languageOf } from "./language.ts";
import { FAULT_TEXT, type FaultCode, type ProblemCode, STATUS_OF } from "./problem.ts";

/** Answers a fault as RFC 9457 problem details in the reader's language. */
export function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  code: FaultCode,
  more: { readonly detail?: string; readonly field?: string } = {},
): FastifyReply {
  const language = languageOf(request);
  const { title, detail } = FAULT_TEXT[code];
  return send(reply, code, { title: title[language], detail: detail[language], ...more });
}

export function sendInputFault(request: FastifyRequest, reply: FastifyReply, fault: InputFault): FastifyReply {
  const detail = fault.message[languageOf(request)];
  return sendFault(request, reply, "invalid_input", fault.field === "" ? { detail } : { detail, field: fault.field });
}

/** Answers a refusal with everything R24 asks for: code, sentence, rule, policy version, next step. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { refusal, policyVersion }: Refuse,
): FastifyReply {
  const language = languageOf(request);
  return send(reply, refusal.code, {
    title: refusalTitle(refusal.code)[language],
    detail: refusalText(refusal)[language],
    rule: RULE_OF[refusal.code],
    policyVersion,
    nextStep: nextStepJson(nextStepOf(refusal), language),
  });
}

function send(reply: FastifyReply, code: ProblemCode, body: Readonly<Record<string, unknown>>): FastifyReply {
  const status = STATUS_OF[code];
  const { title, ...rest } = body;
  const problem = { type: `/problems/${code}`, title, status, code, ...rest };
  return reply.code(status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
}
