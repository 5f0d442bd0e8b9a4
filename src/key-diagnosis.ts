import { KEY_STATE_TEXT, type SealKeyLine } from "./application/seal-keys.ts";
import type { Check } from "./cli/installation.ts";
import { sealingForecast } from "./document/key-alarm.ts";
import type { KeyRing } from "./document/key-ring.ts";
import { keyLines } from "./document/key-state.ts";
import type { Language } from "./domain/localized.ts";
import { type Instant, isoOf } from "./domain/time.ts";

/** For each seller in the key directory: whether it can go on sealing, and every key with what it is worth. */
export async function diagnoseKeys(
  keys: Pick<KeyRing, "sellers" | "keys">,
  at: Instant,
  language: Language,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const seller of (await keys.sellers()).toSorted()) {
    const read = await keys.keys(seller, at);
    const { ok, sentence } = sealingForecast(seller, read, at);
    checks.push({ name: `seal ${seller}`, ok, detail: sentence[language] });
    checks.push(...keyLines(seller, read, at).map((line) => checkOf(line, language)));
  }
  return checks;
}

/** A key that is over, or waits for its certificate or for approval, is no fault: whether the seller can do without it is said above. */
function checkOf(line: SealKeyLine, language: Language): Check {
  const name = `key ${line.seller}/${line.name}`;
  const facts = [line.kind, line.algorithm].filter((fact) => fact !== null);
  if (line.fault) {
    const detail = [...facts, line.fault[language]].join(", ");
    return { name, ok: line.state === "awaiting_certificate" || line.state === "awaiting_approval", detail };
  }
  const period = [line.from, line.until].map((instant) => (instant === null ? "?" : isoOf(instant))).join(" – ");
  const days = { "zh-CN": `还有 ${line.daysLeft} 天`, en: `${line.daysLeft} days left` }[language];
  return { name, ok: true, detail: [...facts, KEY_STATE_TEXT[line.state][language], period, days].join(", ") };
}
