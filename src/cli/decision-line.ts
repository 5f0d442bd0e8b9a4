import type { Decision } from "../domain/decide-issuance.ts";
import { type NextStep, nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { isoOf } from "../domain/time.ts";

/** A decision as --json prints it. */
export function decisionLine(decision: Decision) {
  if (decision.kind === "refuse") {
    const { refusal, policyVersion } = decision;
    const { code } = refusal;
    return { kind: "refuse", code, rule: RULE_OF[code], policyVersion, nextStep: nextStepLine(nextStepOf(refusal)) };
  }
  const { policyVersion, amountShown, warnings, replaces } = decision;
  const holdUntil = decision.holdUntil === null ? null : isoOf(decision.holdUntil);
  return { kind: "issue", policyVersion, holdUntil, amountShown, warnings, replaces };
}

export function nextStepLine(step: NextStep) {
  return step.action === "request_later" ? { ...step, from: isoOf(step.from) } : step;
}

/** A decision in a few words: "issue", or the refusal's code. */
export function decisionWord(decision: Decision): string {
  return decision.kind === "issue" ? "issue" : decision.refusal.code;
}
