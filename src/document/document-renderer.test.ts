import { describe, expect, test } from "vitest";
import { judgeTest } from "../../tests/judges.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { CONTRACT_LANGUAGES } from "../domain/localized.ts";
import {
  BUYER,
  billFixture,
  lineFixture,
  manyLines,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  unpaidFixture,
} from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { textTest } from "./pdf-text.fixture.ts";
import type { DrawnPages } from "./rendered-document.ts";
import { inTemporaryFile } from "./temporary-file.fixture.ts";

const renderer = openDocumentRenderer();
const draw = (snapshot: ContractSnapshot): DrawnPages => renderer.draw({ kind: "contract", snapshot });

describe("what a reader finds", () => {
  textTest("number, both names, account, total and capitals stand in the contract", (read) => {
    const text = read(draw(snapshotFixture()).pdf);
    for (const said of ["ACME-202611-000042-K", BUYER.nameZh, BUYER.nameEn, "1029384756610293", "CNY 15,984.00"]) {
      expect(text).toContain(said);
    }
    expect(text).toContain("人民币壹万伍仟玖佰捌拾肆元整");
    expect(text).toContain("Page 1 of 2");
  });

  textTest("each language stands alone where one is asked for", (read) => {
    expect(read(draw(snapshotFixture({ language: "zh-CN" })).pdf)).not.toContain("Purchase Contract");
    const english = read(draw(snapshotFixture({ language: "en" })).pdf);
    expect(english).toContain("Purchase Contract for Products and Services");
    expect(english).not.toContain("合同编号");
  });

  textTest("R12: pay-as-you-go has no amount column, no amount and no end", (read) => {
    const text = read(draw(payAsYouGoFixture({ language: "en" })).pdf);
    expect(text).toContain("Pay-as-you-go: no amount is stated here.");
    expect(text).toContain("No fixed end");
    expect(text).not.toMatch(/List price|Discount|Contract total|\d\.\d\d\b(?! GB)/);
  });

  textTest("R8, R17: an unpaid domain order says until when it is held and what can happen until then", (read) => {
    const text = read(draw(unpaidDomainFixture({ language: "en" })).pdf);
    expect(text).toContain("24:00 on 23 December 2026 (Asia/Shanghai, UTC+08:00)");
    expect(text).toContain("the domain name can be registered by someone else");
    expect(text).toContain("Unpaid");
    expect(read(draw(unpaidFixture({ language: "en" })).pdf)).not.toContain("registered by someone else");
  });

  textTest("a demonstration says so on every page, a real contract does not", (read) => {
    const demo = read(draw(snapshotFixture({ demo: true })).pdf);
    expect(demo.match(/演示文件，不具有法律效力/g)).toHaveLength(2);
    expect(read(draw(snapshotFixture()).pdf)).not.toMatch(/DEMO|PREVIEW/);
  });

  textTest("R4: a contract that stands in for a voided one names it, another one does not", (read) => {
    const replaces = "ACME-202610-000007-Q";
    const both = read(draw(snapshotFixture({ replaces })).pdf);
    expect(both).toContain("本合同替代已作废的合同 ACME-202610-000007-Q");
    expect(both).toContain("This contract replaces the voided contract ACME-202610-000007-Q.");
    expect(read(draw(snapshotFixture()).pdf)).not.toMatch(/替代已作废|replaces the voided/);
  });

  textTest("text of the order is text, never markup", (read) => {
    const description = '#panic("x") *bold* $x$ \\ <seal> @ref // note';
    expect(read(draw(snapshotFixture({ lines: [lineFixture(0, { description })] })).pdf)).toContain(description);
  });

  textTest("a long configuration can be copied without foreign characters", (read) => {
    const description = "InstanceType:ecs.g8i.2xlarge;Region:cn-hangzhou;SystemDisk:cloud_essd";
    const text = read(draw(snapshotFixture({ language: "zh-CN", lines: [lineFixture(0, { description })] })).pdf);
    expect(text).not.toContain("\u200b");
  });
});

describe("layout", () => {
  test.each(CONTRACT_LANGUAGES)("an ordinary one-line order takes two pages in %s", (language) => {
    expect(draw(snapshotFixture({ language })).pages).toBe(2);
  });

  test("the place of the seal is 42 mm square and lies inside the last page", () => {
    for (const snapshot of [snapshotFixture(), snapshotFixture(manyLines(7)), payAsYouGoFixture(), billFixture()]) {
      const { seal, pages } = draw(snapshot);
      const [left, bottom, right, top] = seal?.rect ?? [0, 0, 0, 0];
      expect(seal?.page).toBe(pages);
      expect(right - left).toBeCloseTo(119.055, 2);
      expect(top - bottom).toBeCloseTo(119.055, 2);
      expect(Math.min(left, bottom)).toBeGreaterThan(40);
      expect(right).toBeLessThan(595 - 40);
      expect(top).toBeLessThan(842 - 40);
    }
  });

  textTest("an order of 400 lines keeps them all and repeats the head of the table", (read) => {
    const { pdf, pages } = draw(snapshotFixture({ ...manyLines(400), language: "en" }));
    const text = read(pdf);
    expect(pages).toBeGreaterThan(15);
    expect(text).toContain("33,477.31");
    expect(text.match(/Product and configuration/g)?.length).toBeGreaterThan(10);
  });
});

test("a character that no font has is an error that names the contract", () => {
  const snapshot = snapshotFixture({ buyer: { ...BUYER, nameZh: "甲🎉" } });
  expect(() => draw(snapshot)).toThrow("contract ACME-202611-000042-K cannot be drawn");
});

judgeTest("qpdf", "the structure is sound and contract.json is attached", (run) => {
  for (const snapshot of [snapshotFixture(), billFixture()]) {
    inTemporaryFile(draw(snapshot).pdf, (path) => {
      expect(run("--check", path)).toMatchObject({ exitCode: 0 });
      expect(run("--list-attachments", path).output).toMatch(/^contract\.json -> /m);
    });
  }
});
