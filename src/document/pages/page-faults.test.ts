import { describe, expect, test } from "vitest";
import { renderSample } from "../seal/typst-sample.fixture.ts";
import { faultsOf } from "./page-faults.ts";
import { drawPages } from "./page-image.ts";
import { pngOf } from "./page-png.ts";
import { readPageText } from "./page-text.ts";

/** A page with our margins and this on it. */
async function faultsOn(body: string) {
  const source = `
#set document(title: "Sample", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: ("Noto Sans", "Noto Sans SC"), lang: "zh", fallback: false, size: 9pt)
#set page(paper: "a4", margin: (x: 20mm, y: 25mm), header: [第 1 页 Page 1])
${body}`;
  return (await readPageText(renderSample(source))).flatMap(faultsOf);
}

describe("a page is looked at for what no compiler reports", () => {
  test("text within the margins, kerned, ligated, in both languages, is without fault", async () => {
    const body = "= 采购合同 Purchase Contract\nofficial affiliates, Wave AVA To. fi ffl — 人民币大写：壹佰元整";
    expect(await faultsOn(body)).toEqual([]);
  });

  test("a word that is too long for its line is found, by the page and what it says", async () => {
    const found = await faultsOn("Kind regards\n\n#place(left, dx: 160mm)[Donaudampfschifffahrt]");
    expect(found).toEqual([{ kind: "outside_margins", page: 1, text: expect.stringMatching(/^[a-z]*schifffahrt$/) }]);
  });

  test("text over other text is found, wherever both stand in the file", async () => {
    const found = await faultsOn("Total 1,000.00 and more\n\nNext paragraph\n#place(top + left, dx: 6mm)[全部金额]");
    expect(found).toEqual([{ kind: "overlapping_text", page: 1, text: expect.stringContaining("全") }]);
  });

  test("a page with nothing but its running head is empty; a turned watermark is no fault and no content", async () => {
    const watermark = "#place(center + horizon, rotate(-52deg, text(size: 140pt)[演示 DEMO]))";
    const found = await faultsOn(`Something\n${watermark}\n#pagebreak()\n${watermark}`);
    expect(found).toEqual([{ kind: "empty_page", page: 2 }]);
  });
});

describe("pictures of pages", () => {
  test("have the size asked for, only the pages asked for, and the colours of the page", async () => {
    const pdf = renderSample(
      '#set page(width: 72pt, height: 36pt, fill: rgb("#eef3f8"), margin: 5pt)\n#set document(title: "t")\na\n#pagebreak()\nb',
    );
    const pages = await drawPages(pdf, { pixelsPerInch: 144, colour: true, pages: [2] });
    expect([...pages.keys()]).toEqual([2]);
    expect(pages.get(2)).toMatchObject({ width: 144, height: 72, channels: 3 });
    expect([...(pages.get(2)?.pixels.subarray(0, 3) ?? [])]).toEqual([0xee, 0xf3, 0xf8]);
  });

  test("the same page gives the same bytes of PNG, twice over", async () => {
    const draw = async () => {
      const [page] = (await drawPages(renderSample(), { pixelsPerInch: 60, colour: true })).values();
      return page && Buffer.from(pngOf(page)).toString("base64");
    };
    expect(await draw()).toBe(await draw());
  });

  test("what is no PDF is refused with PDFium's reason", async () => {
    await expect(drawPages(Buffer.from("no pdf"), { pixelsPerInch: 72, colour: false })).rejects.toThrow(
      /PDFium cannot/,
    );
  });
});
