import type { Language } from "../i18n/languages.ts";

/** "2026-10-12 10:15", "12 Oct 2026, 10:15": the wall clock of the zone. */
export function momentText(iso: string, zone: string, language: Language): string {
  return `${dayText(new Date(iso), zone, language)}${gap(language)}${clockText(new Date(iso), zone)}`;
}

/** The same to the second, for records that are held against others. */
export function secondText(iso: string, zone: string, language: Language): string {
  const date = new Date(iso);
  const seconds = String(date.getUTCSeconds()).padStart(2, "0");
  return `${dayText(date, zone, language)}${gap(language)}${clockText(date, zone)}:${seconds}`;
}

/**
 * The exclusive end of a period, as contracts say it: midnight is 24:00 of the day before, so that the last day
 * which still counts is the one on screen.
 */
export function endText(iso: string, zone: string, language: Language): string {
  const end = new Date(iso);
  if (clockText(end, zone) !== "00:00" || end.getTime() % 60_000 !== 0) return momentText(iso, zone, language);
  return `${dayText(new Date(end.getTime() - 1), zone, language)}${gap(language)}24:00`;
}

/** "Asia/Shanghai, UTC+08:00": the zone, and the offset that holds in it at the instant. */
export function zoneText(zone: string, iso: string, language: Language): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(
    new Date(iso),
  );
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
  if (offset === zone) return zone;
  return language === "en" ? `${zone}, ${offset}` : `${zone}，${offset}`;
}

/** "12 Oct 2026, 10:21 – 12 Oct 2027, 24:00". Null where the term has no end. */
export function termText(
  term: { readonly startsAt: string; readonly endsAt: string | null },
  zone: string,
  language: Language,
  noEnd: string,
): string {
  const start = momentText(term.startsAt, zone, language);
  if (term.endsAt === null) return `${start} ${noEnd}`;
  return `${start} ${language === "en" ? "–" : "至"} ${endText(term.endsAt, zone, language)}`;
}

/** "2026-10" → "2026年10月", "October 2026". */
export function monthText(cycle: string, language: Language): string {
  const first = new Date(`${cycle}-01T00:00:00Z`);
  if (Number.isNaN(first.getTime())) return cycle;
  const locale = language === "en" ? "en-GB" : "zh-CN";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", year: "numeric", month: "long" }).format(first);
}

export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function dayText(date: Date, zone: string, language: Language): string {
  if (language === "en") {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "medium" }).format(date);
  }
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(date);
}

function clockText(date: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

function gap(language: Language): string {
  return language === "en" ? ", " : " ";
}
