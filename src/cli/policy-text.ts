import { PolicyDocument } from "../application/policy-document.ts";
import type { Decision } from "../domain/decide-issuance.ts";
import type { PolicyBody } from "../domain/policy.ts";
import { isoOf } from "../domain/time.ts";
import { decisionWord } from "./decision-line.ts";

/** The rules as the document that is edited and given back; its members in the order of the format. */
export function rulesDocument(body: PolicyBody): Readonly<Record<string, unknown>> {
  const values: Readonly<Record<string, unknown>> = { ...body };
  return Object.fromEntries(Object.keys(PolicyDocument.properties).map((setting) => [setting, values[setting]]));
}

/** One row per thing that is set: the name of the setting beside its first, blank beside the others. */
export function settingRows(body: PolicyBody): readonly (readonly string[])[] {
  return Object.entries(rulesDocument(body)).flatMap(([setting, value]) => {
    const parts = partsOf(value);
    return (parts.length === 0 ? ["(none)"] : parts).map((part, index) => [index === 0 ? setting : "", part]);
  });
}

/** What one setting loses (−) and gains (+). */
export function changeRows(setting: string, before: unknown, after: unknown): readonly (readonly string[])[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const lost = old.filter((part) => !now.includes(part)).map((part) => `- ${part}`);
  const gained = now.filter((part) => !old.includes(part)).map((part) => `+ ${part}`);
  return [...lost, ...gained].map((part, index) => [index === 0 ? setting : "", part]);
}

/** A decision with what may differ in it when the rules change. */
export function decisionText(decision: Decision): string {
  if (decision.kind === "refuse") return `refuse ${decisionWord(decision)}`;
  const { holdUntil, amountShown, warnings, replaces } = decision;
  const facts = [
    holdUntil === null ? null : `held until ${isoOf(holdUntil)}`,
    amountShown ? null : "without amount",
    warnings.includes("domain_can_be_lost_until_paid") ? "domain can be lost until paid" : null,
    replaces === null ? null : `replaces ${replaces}`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? "issue" : `issue (${facts.join(", ")})`;
}

function partsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String).sort();
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${partsOf(member).join(", ") || "(none)"}`)
    .sort();
}
