import { describe, expect, test } from "vitest";
import { at, SHANGHAI } from "./facts.fixture.ts";
import { endText } from "./instant-text.ts";
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
});
