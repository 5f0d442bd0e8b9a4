import { Temporal } from "temporal-polyfill";
import type { Localized } from "./localized.ts";
import type { Instant, TimeZone } from "./time.ts";

const MIDNIGHT = new Temporal.PlainTime();

/**
 * An instant as people read it, in a zone that is named: "2026年12月23日 24:00（Asia/Shanghai）".
 * The start of a day that ends something is written as 24:00 of the day before, as Chinese contracts do.
 */
export function endText(instant: Instant, zone: TimeZone): Localized {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const clock = local.toPlainTime();
  const atMidnight = clock.equals(MIDNIGHT);
  const day = atMidnight ? local.toPlainDate().subtract({ days: 1 }) : local.toPlainDate();
  const time = atMidnight
    ? "24:00"
    : clock.toString(clock.second + clock.millisecond === 0 ? { smallestUnit: "minute" } : {});
  const month = day.toLocaleString("en-GB", { month: "long" });
  return {
    "zh-CN": `${day.year}年${day.month}月${day.day}日 ${time}（${zone}）`,
    en: `${time} on ${day.day} ${month} ${day.year} (${zone})`,
  };
}

/** The day on which the instant falls in the zone: "2026年12月4日", "4 December 2026". */
export function dayText(instant: Instant, zone: TimeZone): Localized {
  const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  const month = day.toLocaleString("en-GB", { month: "long" });
  return { "zh-CN": `${day.year}年${day.month}月${day.day}日`, en: `${day.day} ${month} ${day.year}` };
}
