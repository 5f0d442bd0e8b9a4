import type { Language } from "../i18n/languages.ts";

/** A day of some calendar, "2026-11-29". */
type Day = string;

/** The instant at which a day begins in a zone, or one some days later. Null where the text is no day. */
export function startOfDay(day: Day, zone: string, daysLater = 0): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(date) + daysLater);
  // The offset at a first guess is right but for the hours around a change of it; the second look settles these.
  const guess = wall - offsetMs(wall, zone);
  return new Date(wall - offsetMs(guess, zone)).toISOString();
}

/** The day that it is in a zone at an instant. */
export function dayIn(zone: string, at: Date): Day {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(at);
}

function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const total = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -total : total;
}

/** "10-12", "12 Oct": where the year goes without saying. */
export function shortDayText(day: Day, language: Language): string {
  if (language !== "en") return day.slice(5);
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" }).format(new Date(day));
}

/** "2026-10-12", "12 Oct 2026": as moments are told, without the time. */
export function fullDayText(day: Day, language: Language): string {
  if (language !== "en") return day;
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "medium" }).format(new Date(day));
}
