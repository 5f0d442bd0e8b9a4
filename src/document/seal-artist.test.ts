import { describe, expect, test } from "vitest";
import { PLAIN_SEAL } from "../domain/seal-design.ts";
import { sealFontPaths } from "./fonts.ts";
import { ridingArtOf } from "./seal/riding-art.ts";
import { pdfOperators } from "./seal/vector-path.ts";
import { openSealArtist } from "./seal-artist.ts";

const artist = openSealArtist(sealFontPaths());
const NAME = "杭州示例云计算有限公司";
const marks = (design: object, demo = false) => artist.artOf(NAME, { ...PLAIN_SEAL, ...design }, demo).marks;

describe("the design of a seal", () => {
  test("a plain seal is a ring, a star and the name", () => {
    expect(marks({})).toHaveLength(2 + NAME.length);
    expect(marks({}).filter(({ stroke }) => stroke !== null)).toHaveLength(1);
  });

  test("caption and number add their characters", () => {
    expect(marks({ caption: "合同专用章", number: "4403051234567" })).toHaveLength(2 + NAME.length + 5 + 13);
  });

  test("a logo stands in the place of the star, upright and in the middle", () => {
    const corner = "M0 0H100V10H0Z";
    const paths = marks({ logo: corner }).map(({ path }) => pdfOperators(path).replaceAll("\n", " "));
    expect(paths).toContain("-6.5 6.5 m 6.5 6.5 l 6.5 5.2 l -6.5 5.2 l h");
    expect(paths).toHaveLength(2 + NAME.length);
  });

  test("a demonstration says so in the place of the caption", () => {
    expect(marks({ caption: "合同专用章" }, true)).toHaveLength(2 + NAME.length + "演示DEMO".length);
  });

  test("the art is made once for each seller and design", () => {
    const design = { ...PLAIN_SEAL, caption: "合同专用章" };
    expect(artist.artOf(NAME, design, false)).toBe(artist.artOf(NAME, { ...design }, false));
    expect(artist.artOf(NAME, design, false)).not.toBe(artist.artOf(NAME, PLAIN_SEAL, false));
  });
});

test("names with rare characters, also those of Hong Kong alone, can be cut", async () => {
  for (const name of ["䶮堃喆有限公司", "𬭎𫖯㛃科技公司", "𨭎記𨋢有限公司"])
    expect(await artist.findFault(name)).toBeNull();
});

test.each([
  ["a character that no font has", "甲😀公司", {}, "U+1F600"],
  ["a character of the number", NAME, { number: "①😀" }, "U+1F600"],
  ["an arc in the logo", NAME, { logo: "M0 0A5 5 0 0 1 9 9" }, "cannot be drawn (unreadable)"],
  ["a logo that leaves its box", NAME, { logo: "M0 0H101" }, "cannot be drawn (outside)"],
  ["a logo of infinite size", NAME, { logo: "M0 0H1e999" }, "cannot be drawn (unreadable)"],
  [
    "a logo too long to be drawn into every contract",
    NAME,
    { logo: `M0 0${"H1".repeat(4000)}` },
    "cannot be drawn (too_long)",
  ],
])("%s is named", async (_, name, design, fault) => {
  expect(await artist.findFault(name, { ...PLAIN_SEAL, ...design })).toContain(fault);
});

test("the riding seal is the same art: as many paths, each with the span that it covers", () => {
  const art = artist.artOf(NAME, PLAIN_SEAL, false);
  const { radius, paths } = ridingArtOf(art);
  expect(paths).toHaveLength(art.marks.length);
  expect(paths[0]).toMatchObject({ left: -radius, right: radius });
  for (const { left, right, d } of paths) {
    expect(left).toBeLessThan(right);
    expect(d).toMatch(/^M[-\d.]/);
  }
});
