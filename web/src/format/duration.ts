import type { Language } from "../i18n/languages.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "3 days", "5小时", "12 minutes": in the largest unit that fits, rounded down; at least a minute. */
export function durationText(fromIso: string, toIso: string, language: Language): string {
  const ms = Math.max(MINUTE_MS, Date.parse(toIso) - Date.parse(fromIso));
  if (ms >= DAY_MS) return unitText(Math.floor(ms / DAY_MS), "day", language);
  if (ms >= HOUR_MS) return unitText(Math.floor(ms / HOUR_MS), "hour", language);
  return unitText(Math.floor(ms / MINUTE_MS), "minute", language);
}

function unitText(count: number, unit: "day" | "hour" | "minute", language: Language): string {
  const locale = language === "en" ? "en-GB" : "zh-CN";
  const text = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
  // Chinese typography sets a figure apart from the character that follows it, as the rest of the console does.
  return language === "en" ? text : text.replace(/^([\d,]+)(?=\p{Script=Han})/u, "$1 ");
}
