import { Temporal } from "temporal-polyfill";
import type { Localized } from "./localized.ts";

/** A wall-clock reading; `hour` is 24 where a period ends with the day. */
interface Clock {
  readonly day: Temporal.PlainDate;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const ENGLISH_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "2026年10月12日", "12 October 2026": the day on which the instant falls in the zone. */
export function dayText(iso: string, zone: string): Localized {
  return dayWords(clockAt(iso, zone).day);
}

/** "2026-10" → "2026年10月", "October 2026". */
export function monthText(cycle: string): Localized {
  const { year, month } = Temporal.PlainYearMonth.from(cycle);
  return { "zh-CN": `${year}年${month}月`, en: `${ENGLISH_MONTHS[month - 1] ?? ""} ${year}` };
}

/** "2026年10月12日10时15分30秒", "10:15:30 on 12 October 2026"; a full hour stands alone in Chinese ("0时"). */
export function momentText(iso: string, zone: string): Localized {
  return momentWords(clockAt(iso, zone));
}

/** The end of a period, exclusive: 00:00 is written as 24:00 of the day before, which is how contracts say it. */
export function endText(iso: string, zone: string): Localized {
  return momentWords(closingClockAt(iso, zone));
}

/** As `endText`, always to the minute and with the zone and its offset then: the exact instant of a hold (R8). */
export function deadlineText(iso: string, zone: string): Localized {
  const clock = closingClockAt(iso, zone);
  const day = dayWords(clock.day);
  const seconds = clock.second === 0 ? "" : `${two(clock.second)}秒`;
  return {
    "zh-CN": `${day["zh-CN"]}${two(clock.hour)}时${two(clock.minute)}分${seconds}`,
    en: `${clockFigures(clock)} on ${day.en}`,
  };
}

/** "Asia/Shanghai, UTC+08:00": the zone and the offset that holds in it at the instant. */
export function zoneText(iso: string, zone: string): Localized {
  const offset = `UTC${Temporal.Instant.from(iso).toZonedDateTimeISO(zone).offset}`;
  return { "zh-CN": `${zone}，${offset}`, en: `${zone}, ${offset}` };
}

/** "2026-10-12 10:15:30", the same in every language; seconds only where there are any. */
export function momentFigures(iso: string, zone: string): string {
  const clock = clockAt(iso, zone);
  return `${clock.day.toString()} ${clockFigures(clock)}`;
}

/** As `momentFigures`, for the exclusive end of a period: midnight is 24:00 of the day before. */
export function endFigures(iso: string, zone: string): string {
  const clock = closingClockAt(iso, zone);
  return `${clock.day.toString()} ${clockFigures(clock)}`;
}

/** Year, month, day, hour, minute, second in UTC, as a document's own date is made of. */
export function stampOf(iso: string): readonly number[] {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO("UTC");
  return [at.year, at.month, at.day, at.hour, at.minute, at.second];
}

function clockAt(iso: string, zone: string): Clock {
  const local = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
  return { day: local.toPlainDate(), hour: local.hour, minute: local.minute, second: local.second };
}

function closingClockAt(iso: string, zone: string): Clock {
  const clock = clockAt(iso, zone);
  if (clock.hour + clock.minute + clock.second > 0) return clock;
  return { ...clock, day: clock.day.subtract({ days: 1 }), hour: 24 };
}

function dayWords(day: Temporal.PlainDate): Localized {
  return {
    "zh-CN": `${day.year}年${day.month}月${day.day}日`,
    en: `${day.day} ${ENGLISH_MONTHS[day.month - 1] ?? ""} ${day.year}`,
  };
}

function momentWords(clock: Clock): Localized {
  const day = dayWords(clock.day);
  const seconds = clock.second === 0 ? "" : `${two(clock.second)}秒`;
  const minutes = clock.minute + clock.second === 0 ? "" : `${two(clock.minute)}分${seconds}`;
  return { "zh-CN": `${day["zh-CN"]}${clock.hour}时${minutes}`, en: `${clockFigures(clock)} on ${day.en}` };
}

function clockFigures({ hour, minute, second }: Clock): string {
  const minutes = `${two(hour)}:${two(minute)}`;
  return second === 0 ? minutes : `${minutes}:${two(second)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
