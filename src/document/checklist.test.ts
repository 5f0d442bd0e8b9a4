import { describe, expect, test } from "vitest";
import { judgeTest } from "../../tests/judges.ts";
import type { BusinessChecklist } from "../domain/business-checklist.ts";
import { BUYER, checklistFixture, lineFixture, manyLines } from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { textTest } from "./pdf-text.fixture.ts";
import type { DrawnPages } from "./rendered-document.ts";
import { inTemporaryFile } from "./temporary-file.fixture.ts";

const renderer = openDocumentRenderer();
const draw = (changes: Partial<BusinessChecklist> = {}): DrawnPages =>
  renderer.draw({ kind: "checklist", checklist: checklistFixture(changes) });

const NOT_A_CONTRACT = {
  "zh-CN": "本清单不是合同，未加盖电子签章，不作为付款凭证，不保留任何订单、价格、资源或者域名。",
  en: "This checklist is not a contract. It is not sealed, proves no payment and holds nothing.",
} as const;

describe("R15: the business checklist", () => {
  textTest("says at its top and in the foot of every page that it is no contract, in its languages", (read) => {
    const { pdf, pages } = draw(manyLines(60));
    const text = read(pdf);
    expect(pages).toBeGreaterThan(2);
    for (const said of Object.values(NOT_A_CONTRACT)) expect(text.split(said)).toHaveLength(pages + 1);
    expect(text).toMatch(/Business Checklist 本清单不是合同 This checklist is not a contract/);
    expect(text).toContain("It is not sealed and has no effect as a contract");
  });

  textTest("speaks one language where one is asked for", (read) => {
    const chinese = read(draw({ language: "zh-CN" }).pdf);
    expect(chinese).toContain(NOT_A_CONTRACT["zh-CN"]);
    expect(chinese).not.toMatch(/checklist|Order no/i);
    const english = read(draw({ language: "en" }).pdf);
    expect(english).toContain(NOT_A_CONTRACT.en);
    expect(english).not.toMatch(/清单|订单编号/);
  });

  textTest("lists the order, the domain name and service, the amounts, and when it was printed", (read) => {
    const text = read(draw().pdf);
    for (const said of ["2026101200187733", "chengyuan-precision.cn", "域名竞价", "Domain auction", "CNY 83.00"]) {
      expect(text).toContain(said);
    }
    expect(text).toContain("2026-11-23 10:02:16 (Asia/Shanghai, UTC+08:00)");
    expect(text).toMatch(/未付款 Unpaid/);
  });

  textTest("prints all that the buyer filled in, the number of the purchase too (R6)", (read) => {
    const text = read(draw({ purchaseOrder: "PO-2026-0815" }).pdf);
    for (const said of ["采购单号", "PO-2026-0815", BUYER.contact, BUYER.phone, BUYER.email]) {
      expect(text).toContain(said);
    }
    expect(read(draw().pdf)).not.toContain("采购单号");
  });

  textTest("has nothing that a contract has: no parties, no number, no signatures, no code", (read) => {
    const { pdf, seal } = draw();
    expect(seal).toBeNull();
    expect(Buffer.from(pdf).includes("/Figure")).toBe(false);
    expect(read(pdf)).not.toMatch(/甲方|乙方|Party A|合同编号|Contract no|签章日期|Sealed on|合同条款|人民币大写/);
  });

  textTest("warns that an unpaid domain name can be registered by someone else", (read) => {
    const text = read(draw().pdf);
    expect(text).toContain("该域名可能被他人注册");
    expect(text).toContain("Until the order is paid, the domain name can be registered by someone else.");
    const order = { ...checklistFixture().order, domainName: null, domainService: null };
    expect(read(draw({ order }).pdf)).not.toMatch(/域名风险|registered by someone else/);
  });

  textTest("a demonstration says so on every page", (read) => {
    const { pdf, pages } = draw({ ...manyLines(30), demo: true });
    expect(read(pdf).match(/演示文件，不具有法律效力/g)).toHaveLength(pages);
    expect(read(draw().pdf)).not.toContain("DEMO");
  });

  textTest("R12: pay-as-you-go has no amounts", (read) => {
    const order = { ...checklistFixture().order, billing: "pay_as_you_go" };
    const text = read(draw({ order, amounts: null, lines: [lineFixture(0, { amounts: null })], language: "en" }).pdf);
    expect(text).toContain("Pay-as-you-go: no amount is stated here.");
    expect(text).not.toMatch(/List price|\d\.\d\d\b(?! GB)/);
  });

  textTest("yen have no decimals, long names wrap", (read) => {
    const buyer = {
      ...BUYER,
      nameEn: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    };
    const text = read(draw({ ...manyLines(2, "JPY"), buyer, language: "en" }).pdf);
    expect(text).toContain("JPY 365,214");
    expect(text.replaceAll(" ", "")).toContain("Donaudampfschifffahrtselektrizitäten");
  });

  test("same checklist, same bytes", () => {
    expect(Buffer.from(draw().pdf).equals(draw().pdf)).toBe(true);
  });

  test("what cannot be drawn is named by its order", () => {
    expect(() => draw({ buyerAccount: "🎉" })).toThrow("the checklist of order 2026101200187733 cannot be drawn");
  });
});

judgeTest("qpdf", "the checklist is sound and carries no attachment", (run) => {
  inTemporaryFile(draw().pdf, (path) => {
    expect(run("--check", path)).toMatchObject({ exitCode: 0 });
    expect(run("--list-attachments", path).output).not.toContain("contract.json");
  });
});
