import { describe, expect, test } from "vitest";
import { at, SHANGHAI } from "./facts.fixture.ts";
import { dayText, endText } from "./instant-text.ts";
import type { TimeZone } from "./time.ts";

describe("an end as people read it", () => {
  test("midnight is 24:00 of the day before, as contracts say", () => {
    expect(endText(at("2026-12-24T00:00:00+08:00"), SHANGHAI)).toEqual({
      "zh-CN": "2026年12月23日 24:00（Asia/Shanghai）",
      en: "24:00 on 23 December 2026 (Asia/Shanghai)",
    });
  });

  test("the first midnight of a year belongs to the last day of the old one", () => {
    expect(endText(at("2027-01-01T00:00:00+08:00"), SHANGHAI).en).toBe("24:00 on 31 December 2026 (Asia/Shanghai)");
  });

  test("any other time is the time of its own day", () => {
    expect(endText(at("2026-12-24T09:05:00+08:00"), SHANGHAI)).toEqual({
      "zh-CN": "2026年12月24日 09:05（Asia/Shanghai）",
      en: "09:05 on 24 December 2026 (Asia/Shanghai)",
    });
  });

  test("a day that has no midnight ends when the next one begins", () => {
    const zone = "America/Sao_Paulo" as TimeZone;
    expect(endText(at("2018-11-04T01:00:00-02:00"), zone).en).toBe("01:00 on 4 November 2018 (America/Sao_Paulo)");
  });

  test("a second or a minute past midnight is no midnight", () => {
    expect(endText(at("2026-12-24T00:00:01+08:00"), SHANGHAI).en).toBe("00:00:01 on 24 December 2026 (Asia/Shanghai)");
    expect(endText(at("2026-12-24T00:00:00.001+08:00"), SHANGHAI).en).toMatch(/^00:00:00.001 on 24/);
    expect(endText(at("2026-12-24T00:01:00+08:00"), SHANGHAI).en).toBe("00:01 on 24 December 2026 (Asia/Shanghai)");
    expect(endText(at("2026-12-24T01:00:00+08:00"), SHANGHAI).en).toBe("01:00 on 24 December 2026 (Asia/Shanghai)");
  });

  test("R8: the instant is told to the millisecond where it is no full minute", () => {
    expect(endText(at("2026-12-24T09:05:59.999+08:00"), SHANGHAI)["zh-CN"]).toBe(
      "2026年12月24日 09:05:59.999（Asia/Shanghai）",
    );
  });

  test("it is read in the zone, whose name is shown", () => {
    expect(endText(at("2026-12-24T00:00:00+08:00"), "Europe/Berlin" as TimeZone)).toEqual({
      "zh-CN": "2026年12月23日 17:00（Europe/Berlin）",
      en: "17:00 on 23 December 2026 (Europe/Berlin)",
    });
  });
});

describe("R13: a day as people read it", () => {
  test.each([
    ["2026-12-04T00:00:00+08:00", "2026年12月4日", "4 December 2026"],
    ["2026-12-04T23:59:59.999+08:00", "2026年12月4日", "4 December 2026"],
    ["2026-12-05T00:00:00+08:00", "2026年12月5日", "5 December 2026"],
    ["2027-01-31T16:00:00Z", "2027年2月1日", "1 February 2027"],
  ])("%s is on %s", (instant, zh, en) => {
    expect(dayText(at(instant), SHANGHAI)).toEqual({ "zh-CN": zh, en });
  });

  test("it is the day of the zone", () => {
    expect(dayText(at("2026-12-04T00:00:00+08:00"), "UTC" as TimeZone).en).toBe("3 December 2026");
  });
});
