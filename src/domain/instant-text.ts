import { Temporal } from "temporal-polyfill";
import type { Localized } from "./localized.ts";
import type { Instant, TimeZone } from "./time.ts";

/**
 * An instant as people read it, in a zone that is named: "2026年12月23日 24:00（Asia/Shanghai）".
 * The start of a day that ends something is written as 24:00 of the day before, as Chinese contracts do.
 */
export function endText(instant: Instant, zone: TimeZone): Localized {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const atMidnight = local.hour === 0 && local.minute === 0 && local.second === 0;
  const day = atMidnight ? local.toPlainDate().subtract({ days: 1 }) : local.toPlainDate();
  const time = atMidnight ? "24:00" : local.toPlainTime().toString({ smallestUnit: "minute" });
  const month = day.toLocaleString("en-GB", { month: "long" });
  return {
    "zh-CN": `${day.year}年${day.month}月${day.day}日 ${time}（${zone}）`,
    en: `${time} on ${day.day} ${month} ${day.year} (${zone})`,
  };
}
