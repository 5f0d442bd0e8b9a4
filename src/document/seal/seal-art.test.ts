import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { openFont } from "./glyph-outlines.ts";
import { drawSealArt } from "./seal-art.ts";
import { readSealFont } from "./typst-sample.fixture.ts";

const fonts = [openFont(readSealFont())];

function draw(legalName: string, more: { readonly code?: string; readonly caption?: string } = {}): string {
  return Buffer.from(drawSealArt({ legalName, fonts, ...more }).content).toString("latin1");
}

/** Every number pair before m, l or c, in millimetres from the middle; the ring is left out. */
function points(content: string): readonly (readonly [number, number])[] {
  const glyphs = content.slice(content.indexOf(" S\n"));
  return [...glyphs.matchAll(/(-?[\d.]+) (-?[\d.]+)(?= (?:[mlc]|-?\d))/g)].map((match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
}

test.each([
  ["four characters", "星辰科技"],
  ["twelve characters", "深圳市示例云计算有限公司"],
  ["brackets", "示例软件（上海）股份有限公司"],
  ["thirty-one characters", "内蒙古自治区呼和浩特市示例新能源汽车动力电池科技发展有限责任公司"],
  ["a Latin name", "Example Cloud Trading Co., Ltd."],
  ["a long Latin name", "Orderseal International Information Technology Services (Shanghai) Limited"],
])("a name of %s stays inside the ring", (_, legalName) => {
  const content = draw(legalName, { code: "4403051234567", caption: "DEMO 演示" });
  const farthest = Math.max(...points(content).map(([x, y]) => Math.hypot(x, y)));
  expect(farthest).toBeGreaterThan(17);
  expect(farthest).toBeLessThan(19.6);
});

test("the art holds paths in one colour and nothing else", () => {
  const operators = draw("星辰科技", { code: "123", caption: "合同专用章" }).match(/[A-Za-z]+\*?/g);
  expect([...new Set(operators)].toSorted()).toEqual(
    ["Ink", "RG", "S", "c", "cm", "f", "gs", "h", "l", "m", "q", "rg", "w", "Q"].toSorted(),
  );
});

test("the compressed art is the same art, 42 mm wide unless told otherwise", () => {
  const art = drawSealArt({ legalName: "星辰科技", fonts });
  expect(inflateSync(art.deflated).equals(art.content)).toBe(true);
  expect(art.width).toBeCloseTo(119.06, 2);
  expect(drawSealArt({ legalName: "星辰科技", fonts, diameterMm: 40 }).height).toBeCloseTo(113.39, 2);
});

test("a name with a character that the font lacks is refused and the character named", () => {
  expect(() => draw("示例😀公司")).toThrow("U+1F600");
});

test("a name too long to be legible is refused", () => {
  expect(() => draw("有限公司".repeat(20))).toThrow("does not fit");
  expect(() => draw("")).toThrow("Expected a legal name");
});
