import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLogo } from "./logo-path.ts";
import { faultOfSealDesign, PLAIN_SEAL } from "./seal-design.ts";

interface Changes {
  readonly number?: string;
  readonly caption?: string;
  readonly logo?: string;
  readonly riding?: boolean;
}

function faultOf(changes: Changes) {
  return faultOfSealDesign({ ...PLAIN_SEAL, ...changes });
}

describe("how a seal looks", () => {
  test.each<[string, Changes]>([
    ["nothing but the name", {}],
    ["twenty digits", { number: "12345678901234567890" }],
    ["a caption of eight", { caption: "合同专用章（电子）".slice(0, 8) }],
    ["a square", { logo: "M0 0H100V100H0Z" }],
    ["no riding seal", { riding: false }],
  ])("%s can be drawn", (_, changes) => {
    expect(faultOf(changes)).toBeNull();
  });

  test.each<[string, Changes, string, RegExp, RegExp]>([
    ["a letter in its number", { number: "3301A" }, "seal.number", /20 位以内的数字/, /up to 20 digits/],
    ["Chinese digits", { number: "３３０１" }, "seal.number", /数字/, /digits/],
    ["too many digits", { number: "1".repeat(21) }, "seal.number", /20 位/, /20 digits/],
    ["a long caption", { caption: "九".repeat(9) }, "seal.caption", /不得超过 8 个字符/, /at most 8 characters/],
    ["a picture's markup", { logo: "<path d='M0 0'/>" }, "seal.logo", /SVG 路径数据/, /SVG path data of M, L/],
    ["a logo that begins nowhere", { logo: "L1 1" }, "seal.logo", /以 M 命令开始/, /begin with M/],
    ["a logo out of its box", { logo: "M0 0L101 0" }, "seal.logo", /超出 100×100/, /leaves its box/],
    ["a logo of one point", { logo: "M50 50Z" }, "seal.logo", /没有任何线条/, /draws nothing/],
    ["a logo without end", { logo: `M0 0${"L1 1".repeat(400)}` }, "seal.logo", /过于复杂/, /too intricate/],
  ])("%s cannot, and the fault says why and what to do", (_, changes, field, zh, en) => {
    const fault = faultOf(changes);
    expect(fault?.field).toBe(field);
    expect(fault?.message["zh-CN"]).toMatch(zh);
    expect(fault?.message.en).toMatch(en);
    expect(fault?.message.en.startsWith(`${field}: `)).toBe(true);
    expect(fault?.message["zh-CN"].startsWith(`${field}：`)).toBe(true);
  });
});

function faultOfLogo(path: string) {
  const reading = readLogo(path);
  return reading.ok ? null : reading.fault;
}

describe("a logo's outline (SVG 2, section 9.3)", () => {
  test.each([
    "M10 10L90 90",
    "m10,10l80,80z",
    " M 10 10 20 20 30 30 ",
    "M.5.5L1.5-0",
    "M10 10h80v80h-80z",
    "M10 10C10 0 90 0 90 10S90 90 10 90Z",
    "M10 10Q50 0 90 10q-10 10-20 20",
    "M50 50C50 50 100 0 100 100L90 90S100 100 0 0Z",
    "M0 0L100 100",
    "M50 50zm10 10l40 40",
    "M10 10l+5 5",
    "M10 10L20 20M30 30L40 40",
    "m10 10 80 0 0 80",
    "M60 60 70 70",
    "M10 10L90 90zm20 20l70 70",
    "M10 10L90 90zl20 20",
    `M0 0L1 1${" ".repeat(7992)}`,
    `M0 0${"L1 1".repeat(399)}`,
  ])("%s is read", (path) => {
    expect(faultOfLogo(path)).toBeNull();
  });

  test.each([
    ["", "not_begun"],
    ["z", "not_begun"],
    ["10 10", "unreadable"],
    ["M", "unreadable"],
    ["M10", "unreadable"],
    ["M10 10L20", "unreadable"],
    ["M10 10A5 5 0 0 1 20 20", "unreadable"],
    ["M10 10T20 20", "unreadable"],
    ["M10 10L1e1 20", "unreadable"],
    ["M10 10L,,20 20", "unreadable"],
    ["M10 10L20 20;", "unreadable"],
    ["M10 10Z5 5", "unreadable"],
    ["M10 10 L NaN 5", "unreadable"],
    ["H10", "not_begun"],
    ["M10 10", "empty"],
    ["M10 10Zm5 5z", "empty"],
    ["M0 0L100.01 0", "outside"],
    ["M0 0L0 100.01", "outside"],
    ["M0 0H-1", "outside"],
    ["M0 0V-1", "outside"],
    ["M90 90h11", "outside"],
    ["M90 90v11", "outside"],
    ["M90 90l5 5l6 0", "outside"],
    ["M10 10C50 -1 50 50 60 60", "outside"],
    ["M10 10C50 50 50 101 60 60", "outside"],
    ["M10 10Q101 50 60 60", "outside"],
    ["M10 10S101 50 60 60", "outside"],
    ["M50 50C50 50 100 0 100 100S100 100 0 0Z", "outside"],
    ["M50 50c0 0 50-50 50 50s0 0-99-99z", "outside"],
    ["M50 50S100 50 90 90S50 50 10 10", "outside"],
    ["m-1 0l5 5", "outside"],
    ["m60 60 41 0", "outside"],
    ["M10 10H60h41", "outside"],
    ["M10 10V60v41", "outside"],
    ["M60 60L90 90Zl41 0", "outside"],
    ["M10 10 60 60m31 0l20 0", "outside"],
    [`M0 0${"L1 1".repeat(400)}`, "too_long"],
    [`M0 0L1 1${" ".repeat(8000)}`, "too_long"],
  ] as const)("%s is not: %s", (path, fault) => {
    expect(faultOfLogo(path)).toBe(fault);
  });

  test("relative curves pull from where the pen is, all three points alike", () => {
    expect(faultOfLogo("M90 50c5 0 5 0 10 0")).toBeNull();
    expect(faultOfLogo("M90 50c5 0 11 0 10 0")).toBe("outside");
  });

  test("any text is judged, in no time", () => {
    const anyPath = fc.string({ unit: fc.constantFrom(..."MmLlHhVvCcSsQqZz0123456789.,-+ ") });
    fc.assert(
      fc.property(anyPath, (path) => {
        expect([null, "unreadable", "not_begun", "outside", "empty"]).toContain(faultOfLogo(path));
      }),
    );
    const started = performance.now();
    for (const text of ["M0 0".repeat(2000), `M${"0".repeat(7990)}`, `M${".".repeat(7990)}`, `M${" ,".repeat(3990)}`]) {
      expect(faultOfLogo(text)).not.toBe("not_begun");
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
