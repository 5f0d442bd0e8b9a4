import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { judgeTest } from "../../tests/judges.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { CONTRACT_LANGUAGES } from "../domain/localized.ts";
import { PLAIN_SEAL } from "../domain/seal-design.ts";
import {
  billFixture,
  lineFixture,
  manyLines,
  marketplaceFixture,
  snapshotFixture,
  unpaidDomainFixture,
  withoutNumber,
} from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { documentVariants } from "./document-variants.fixture.ts";
import { lookAtPages } from "./pages/look-at-pages.ts";
import { readPageText } from "./pages/page-text.ts";
import { canReadText, textTest } from "./pdf-text.fixture.ts";
import { pagesOf, type Word } from "./pdf-words.fixture.ts";
import type { DrawnPages } from "./rendered-document.ts";
import { inTemporaryFile } from "./temporary-file.fixture.ts";

const renderer = openDocumentRenderer();
const draw = (snapshot: ContractSnapshot): DrawnPages => renderer.draw({ kind: "contract", snapshot });
const MM = 72 / 25.4;

describe("the page", () => {
  const strained = /^(?:order-long-names|order-sixty-lines\.both|marketplace|checklist-order\.both|bill)/;

  describe.each(documentVariants().filter(({ name }) => strained.test(name)))("$name", (task) => {
    textTest("no word leaves the margins, and no line begins with a closing mark", () => {
      for (const words of pagesOf(renderer.draw(task).pdf)) {
        for (const { left, right, top, bottom, text } of words) {
          // Half of a full-width bracket is white, and may stand outside.
          const [before, after] = [/^[“‘（《]/.test(text) ? 5 : 0.5, /[，。、；：）》”’]$/.test(text) ? 5 : 0.5];
          expect([text, left >= 20 * MM - before, right <= 190 * MM + after]).toEqual([text, true, true]);
          expect([text, top >= 10 * MM, bottom <= 290 * MM]).toEqual([text, true, true]);
        }
        const closing = words.filter(({ text }) => /^[，。、；：？！）》”’]/.test(text));
        expect(closing.filter((word) => beginsLine(word, words))).toEqual([]);
      }
    });
  });

  textTest("a heading never ends a page: its section or clause begins on the same one", () => {
    for (const lines of [1, 5, 8]) {
      for (const words of pagesOf(draw(snapshotFixture({ ...manyLines(lines), language: "zh-CN" })).pdf)) {
        const heading = words.findIndex(({ text }) => text === "合同条款" || text === "订购明细");
        if (heading !== -1) expect(words.slice(heading + 1).filter(isBody).length).toBeGreaterThan(8);
      }
    }
  });

  textTest("the sums stand on one page with at least two lines", () => {
    for (const count of [2, 9, 10, 11, 12]) {
      const pages = pagesOf(draw(snapshotFixture({ ...manyLines(count), language: "en" })).pdf);
      const page = pages.find((words) =>
        words.some(({ text }, at) => text === "Total" && words[at + 1]?.text === "incl."),
      );
      const said = page?.map(({ text }) => text) ?? [];
      expect(said).toContain("which");
      for (const position of [count - 1, count]) expect(said).toContain(String(position));
    }
  });

  textTest("credits that outweigh one another leave room for what is sold", () => {
    const credit = (total: string) => ({ list: total, discount: total, tax: "0.00", total });
    const lines = ["999999999999.99", "-999999999999.99"].map((total, index) => ({
      ...lineFixture(index),
      nameEn: "Managed relational database",
      amounts: credit(total),
    }));
    const [words = []] = pagesOf(draw(snapshotFixture({ lines, amounts: credit("0.00"), language: "en" })).pdf);
    const named = words.filter(({ text }) => text === "Managed" || text === "relational");
    expect(named.map(({ top }) => Math.round(top))).toHaveLength(4);
    for (const at of [0, 2]) expect(named[at]?.top).toBeCloseTo(named[at + 1]?.top ?? 0, 1);
  });

  textTest("amounts stand with their decimal points below each other, the sums as well", () => {
    const [words = []] = pagesOf(draw(snapshotFixture({ ...manyLines(6), language: "en" })).pdf);
    const top = words.find(({ text }) => text === "Configuration" || text === "configuration")?.top ?? 0;
    const amounts = words.filter(
      (word) => /^−?[\d,]+\.\d\d$/.test(word.text) && word.right > 185 * MM && word.top > top,
    );
    expect(amounts.length).toBeGreaterThanOrEqual(10);
    const edges = amounts.map(({ right }) => right);
    expect(Math.max(...edges) - Math.min(...edges)).toBeLessThan(0.1);
  });

  textTest("renminbi are written out beside the total and below the lines, other money is not", (read) => {
    const capitals = "人民币壹万伍仟玖佰捌拾肆元整";
    expect(read(draw(snapshotFixture()).pdf).split(capitals)).toHaveLength(3);
    expect(read(draw(snapshotFixture(manyLines(2, "USD"))).pdf)).not.toContain("大写");
  });

  test.each(CONTRACT_LANGUAGES)(
    "orders, bills and marketplace orders of a few lines take two pages in %s",
    (language) => {
      for (const snapshot of [
        snapshotFixture({ language }),
        billFixture(3, { language }),
        marketplaceFixture({ language }),
      ]) {
        expect([snapshot.template, draw(snapshot).pages]).toEqual([snapshot.template, 2]);
      }
    },
  );
});

describe("what a contract says of its parties", () => {
  textTest("R6: the buyer's own details and number of the purchase stand under their labels", (read) => {
    const text = read(draw(snapshotFixture({ purchaseOrder: "PO-2026-0815", language: "zh-CN" })).pdf);
    for (const said of ["采购单号", "PO-2026-0815", "联系人 采购部 林一", "通讯地址", "电话 021-5550 0188"]) {
      expect(text).toContain(said);
    }
    expect(text).toContain("电子邮箱 lin.yi@buyer.example");
    expect(read(draw(snapshotFixture({ language: "zh-CN" })).pdf)).not.toContain("采购单号");
  });

  textTest("R18: a marketplace contract names the platform, which is no party", (read) => {
    const text = read(draw(marketplaceFixture()).pdf);
    expect(text).toMatch(/平台运营者（非合同当事人） Platform operator \(not a party\) 杭州示例云计算有限公司/);
    expect(text).toContain("乙方（卖方） Party B (Seller)");
    expect(text).toContain("云市场商品订购合同");
    expect(read(draw(snapshotFixture()).pdf)).not.toContain("平台运营者");
  });

  textTest("no contract calls an account verified that is not", (read) => {
    for (const snapshot of [snapshotFixture({ buyerVerified: false }), billFixture(1, { buyerVerified: false })]) {
      const text = read(draw(snapshot).pdf);
      expect(text).not.toMatch(/实名|verified account/);
      expect(text).toContain("甲方以账号 1029384756610293");
    }
  });

  textTest("a domain contract has the name in its title block", (read) => {
    const text = read(draw(unpaidDomainFixture({ language: "en" }, "renewal")).pdf);
    expect(text).toContain("Domain name chengyuan-precision.cn Domain renewal");
    expect(text).toContain("once expired it can be deleted");
  });
});

const ridingTest = canReadText() ? test : test.skip;

describe("the riding seal", () => {
  ridingTest("has a slice on every page, as wide as its share, and the slices add up to one seal", () => {
    const inkOf = ({ pdf, pages }: DrawnPages): number => {
      const strips = Array.from({ length: pages }, (_, index) => redColumns(pdf, index + 1));
      for (const columns of strips) expect(Math.abs(columns.length / 5 - 36 / pages)).toBeLessThan(0.5);
      return strips.flat().reduce((sum, ink) => sum + ink, 0);
    };
    const [two, three] = [draw(snapshotFixture()), draw(snapshotFixture(manyLines(7)))];
    expect([two.pages, three.pages]).toEqual([2, 3]);
    // However many slices there are, they add up to the same seal.
    const [ofTwo, ofThree] = [inkOf(two), inkOf(three)];
    expect(ofTwo).toBeGreaterThan(5000);
    expect(Math.abs(ofTwo - ofThree) / ofTwo).toBeLessThan(0.05);
  });

  ridingTest("is cut anew where slices would be thinner than 3 mm", () => {
    const { pdf, pages } = draw(snapshotFixture({ ...manyLines(330), language: "en" }));
    expect(pages).toBeGreaterThan(12);
    for (const page of [1, Math.ceil(pages / 2), Math.ceil(pages / 2) + 1, pages]) {
      const wide = redColumns(pdf, page).length / 5;
      expect(wide).toBeGreaterThanOrEqual(3);
      expect(wide).toBeLessThanOrEqual(7);
    }
  });

  ridingTest("is the seller's to choose, and no preview has one", () => {
    const without = draw(snapshotFixture({ seal: { ...PLAIN_SEAL, riding: false } }));
    expect(redColumns(without.pdf, 1)).toEqual([]);
    const preview = renderer.draw({ kind: "preview", snapshot: withoutNumber(snapshotFixture()) });
    expect(redColumns(preview.pdf, 1)).toEqual([]);
  });
});

judgeTest("qpdf", "no annotation, no address to go to, no script and no layer is in the file", (run) => {
  for (const snapshot of [snapshotFixture(), billFixture()]) {
    inTemporaryFile(draw(snapshot).pdf, (path) => {
      const { output } = run("--qdf", "--object-streams=disable", path, "-");
      expect(output).toContain("/StructTreeRoot");
      expect(output).not.toMatch(/\/(?:Annots|URI|Link|JavaScript|JS|OCProperties|AA|OpenAction)\b/);
    });
  }
});

function beginsLine(word: Word, words: readonly Word[]): boolean {
  const isBefore = ({ left, right, bottom }: Word): boolean =>
    Math.abs(bottom - word.bottom) < 2 && left < word.left && right > word.left - 15;
  return !words.some(isBefore);
}

function isBody({ top, bottom }: Word): boolean {
  return top > 23 * MM && bottom < 279 * MM;
}

/** How much red ink each column of the right margin has, from its left, in dots of a fifth of a millimetre; only those with any. */
function redColumns(pdf: Uint8Array, page: number): readonly number[] {
  const [wide, high] = [100, 220];
  const corner = ["-x", "950", "-y", "600", "-W", String(wide), "-H", String(high)];
  const args = ["-r", "127", "-f", String(page), "-l", String(page), ...corner, "-"];
  const { stdout, status } = spawnSync("pdftoppm", args, { input: pdf });
  expect(status).toBe(0);
  const dots = stdout.subarray(stdout.length - wide * high * 3);
  // Red ink has hardly any green in it, the paper all of it.
  const inkAt = (x: number, y: number): number => (255 - (dots[(y * wide + x) * 3 + 1] ?? 255)) / 224;
  const columns = Array.from({ length: wide }, (_, x) =>
    Array.from({ length: high }, (__, y) => inkAt(x, y)).reduce((sum, ink) => sum + ink, 0),
  );
  return columns.filter((ink) => ink > 0.5);
}

test.each(CONTRACT_LANGUAGES)("a seller's long titles of clauses stay in their column (%s)", async (language) => {
  const clause = {
    clause: "S1",
    source: "seller",
    textZh: "甲方应当依法使用服务。",
    textEn: "Use it lawfully.",
  } as const;
  const clauses = [
    ["保密 Confidentiality/Non-disclosure", "Confidentiality/privacy"],
    ["Å".repeat(60), "Ø".repeat(60)],
    ["补".repeat(60), "ØØØ ØØØØ ".repeat(6).trim()],
  ].map(([titleZh = "", titleEn = ""]) => ({ ...clause, titleZh, titleEn }));
  const { pdf } = draw(snapshotFixture({ language, clauses }));
  expect((await lookAtPages(pdf)).faults).toEqual([]);
  const english = language === "zh-CN+en" ? [99 * MM, 190 * MM] : [20 * MM, 62 * MM];
  const chinese = [20 * MM, language === "zh-CN+en" ? 99 * MM : 62 * MM];
  const columns = { Å: chinese, 补: chinese, Ø: english };
  for (const { text, left, right } of (await readPageText(pdf)).flatMap(({ characters }) => characters)) {
    const column = Object.entries(columns).find(([letter]) => letter === text)?.[1];
    if (column) expect([left > (column[0] ?? 0) - MM, right <= (column[1] ?? 0)]).toEqual([true, true]);
  }
});
