import type { FastifyReply, FastifyRequest } from "fastify";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Language } from "../domain/localized.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { refusalText, refusalTitle } from "../domain/refusal-text.ts";
import { nextStepJson } from "./decision-json.ts";
import { languageOf } from "./language.ts";
import { FAULT_TEXT, type FaultCode, type ProblemCode, RETRY_AFTER_SECONDS, STATUS_OF } from "./problem.ts";
import type { NextStepJson } from "./schemas.ts";

/** RFC 9457 problem details, as they are sent, or as one result among several. */
interface ProblemJson {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly field?: string;
  readonly rule?: string;
  readonly policyVersion?: number;
  readonly nextStep?: NextStepJson;
}

interface More {
  readonly detail?: string;
  readonly field?: string;
}

export function faultProblem(code: FaultCode, language: Language, more: More = {}): ProblemJson {
  const { title, detail } = FAULT_TEXT[code];
  return { ...headOf(code, title[language]), detail: detail[language], ...more };
}

export function inputFaultProblem({ field, message }: InputFault, language: Language): ProblemJson {
  const detail = message[language];
  return faultProblem("invalid_input", language, field === "" ? { detail } : { detail, field });
}

/** A refusal with everything R24 asks for: code, sentence, rule, policy version, next step. */
export function refusalProblem({ refusal, policyVersion }: Refuse, language: Language): ProblemJson {
  return {
    ...headOf(refusal.code, refusalTitle(refusal.code)[language]),
    detail: refusalText(refusal)[language],
    rule: RULE_OF[refusal.code],
    policyVersion,
    nextStep: nextStepJson(nextStepOf(refusal), language),
  };
}

function headOf(code: ProblemCode, title: string) {
  return { type: `/problems/${code}`, title, status: STATUS_OF[code], code };
}

export function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  code: FaultCode,
  more: More = {},
): FastifyReply {
  return send(reply, faultProblem(code, languageOf(request), more));
}

export function sendInputFault(request: FastifyRequest, reply: FastifyReply, fault: InputFault): FastifyReply {
  return send(reply, inputFaultProblem(fault, languageOf(request)));
}

export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refuse: Refuse): FastifyReply {
  return send(reply, refusalProblem(refuse, languageOf(request)));
}

function send(reply: FastifyReply, problem: ProblemJson): FastifyReply {
  reply.problem = problem.code;
  const seconds = RETRY_AFTER_SECONDS[problem.code];
  // Whoever knows better has said so.
  if (seconds !== undefined && !reply.hasHeader("retry-after")) reply.header("retry-after", String(seconds));
  return reply.code(problem.status).type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
}
