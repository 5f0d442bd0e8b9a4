import type { Language } from "../i18n/language.ts";

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

const CHINESE = { day: "天", hour: "小时", minute: "分钟" } as const;

/** "2 days", "3 小时": how long it has been since, in whole units of the largest that fits; a minute at least. */
export function elapsedText(since: string, now: number, language: Language): string {
  const passedMs = Math.max(now - new Date(since).getTime(), 60_000);
  const [unit, lengthMs] = UNITS.find(([, most]) => passedMs >= most) ?? ["minute", 60_000];
  const count = Math.floor(passedMs / lengthMs);
  // As everywhere in the console, a space stands between a number and what it counts.
  if (language === "zh-CN") return `${count} ${CHINESE[unit]}`;
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
