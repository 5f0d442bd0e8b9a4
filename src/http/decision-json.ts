import type { Decision } from "../domain/decide-issuance.ts";
import { endText } from "../domain/instant-text.ts";
import type { ExplainedRung } from "../domain/ladder.ts";
import type { Language } from "../domain/localized.ts";
import { type NextStep, nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { nextStepText, refusalText, refusalTitle, warningText } from "../domain/refusal-text.ts";
import { isoOf, type TimeZone } from "../domain/time.ts";
import type { DecisionJson, NextStepJson } from "./schemas.ts";

export function decisionJson(decision: Decision, zone: TimeZone, language: Language): DecisionJson {
  const { policyVersion } = decision;
  if (decision.kind === "issue") {
    const holdUntil = decision.holdUntil === null ? { "zh-CN": "", en: "" } : endText(decision.holdUntil, zone);
    return {
      kind: "issue",
      policyVersion,
      holdUntil: decision.holdUntil === null ? null : isoOf(decision.holdUntil),
      amountShown: decision.amountShown,
      replaces: decision.replaces,
      warnings: decision.warnings.map((code) => ({ code, text: warningText(code, holdUntil)[language] })),
    };
  }
  const { refusal } = decision;
  return {
    kind: "refuse",
    policyVersion,
    code: refusal.code,
    rule: RULE_OF[refusal.code],
    title: refusalTitle(refusal.code)[language],
    sentence: refusalText(refusal)[language],
    nextStep: nextStepJson(nextStepOf(refusal), language),
  };
}

export function nextStepJson(step: NextStep, language: Language): NextStepJson {
  const { label, sentence } = nextStepText(step);
  const words = { label: label[language], sentence: sentence[language] };
  switch (step.action) {
    case "request_later":
      return { action: step.action, from: isoOf(step.from), ...words };
    case "contact_seller":
      return { ...step, name: step.name[language], ...words };
    default:
      return { ...step, ...words };
  }
}

export function rungJson({ rung, outcome, refusal }: ExplainedRung, language: Language) {
  return { rung, outcome, sentence: refusal && refusalText(refusal)[language] };
}
