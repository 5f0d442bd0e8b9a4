import { describe, expect, test } from "vitest";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { BUYER, billFixture, lineFixture } from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { textTest } from "./pdf-text.fixture.ts";

const renderer = openDocumentRenderer();
const pdfOf = (snapshot: ContractSnapshot): Uint8Array => renderer.draw({ kind: "contract", snapshot }).pdf;

describe("R13: the contract on a monthly bill", () => {
  textTest("names the month, the account, the service period, and states amounts, tax and capitals", (read) => {
    const text = read(pdfOf(billFixture()));
    for (const said of [
      "月度账单服务合同",
      "Service Contract for a Monthly Bill",
      "October 2026",
      "1029384756610293",
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toMatch(/2026 ?年 ?10 ?月/);
    expect(text).toContain("2026-10-01 00:00");
    expect(text).toContain("– 2026-10-31 24:00");
    for (const said of ["−391.93", "CNY 5,487.14", "310.57", "人民币伍仟肆佰捌拾柒元壹角肆分"]) {
      expect(text).toContain(said);
    }
  });

  textTest("says nothing that only an order has", (read) => {
    const text = read(pdfOf(billFixture()));
    expect(text).not.toMatch(/下单|订单编号|尚未付款|不载明金额|数量/);
    expect(text).not.toMatch(/Order no\.|Ordered on|placing the order|Qty|Payment deadline|no amount is stated/);
  });

  textTest("is confirmed by its request, and dated so", (read) => {
    const english = read(pdfOf(billFixture(3, { language: "en" })));
    expect(english).toContain("Confirmed by requesting this contract for the bill");
    expect(english).toContain("Requested on 23 November 2026");
    expect(english).not.toMatch(/合同编号|账单月份/);
    const chinese = read(pdfOf(billFixture(3, { language: "zh-CN" })));
    expect(chinese).toContain("申请日期");
    expect(chinese).not.toContain("Monthly Bill");
  });

  textTest("names the voided contract that it replaces", (read) => {
    const text = read(pdfOf(billFixture(3, { language: "en", replaces: "ACME-202610-000007-Q" })));
    expect(text).toContain("This contract replaces the voided contract ACME-202610-000007-Q.");
  });

  textTest("yen have no decimals and no renminbi in words", (read) => {
    const text = read(pdfOf(billFixture(4, { currency: "JPY" })));
    expect(text).toContain("JPY 760,521");
    expect(text).not.toMatch(/760,521\.|人民币大写/);
  });

  textTest("sixty charges under long names go over several pages and are all there", (read) => {
    const nameZh = "内蒙古自治区呼伦贝尔市鄂温克族自治旗示范农牧业科技信息产业发展有限责任公司第一分公司";
    const nameEn =
      "Hulunbuir Ewenki Autonomous Banner Demonstration Agriculture Technology Industry Development Co., Ltd.";
    const { pdf, pages } = renderer.draw({
      kind: "contract",
      snapshot: billFixture(60, { language: "en", buyer: { ...BUYER, nameZh, nameEn } }),
    });
    const text = read(pdf);
    expect(pages).toBeGreaterThan(3);
    expect(text.match(/Product and usage/g)?.length).toBeGreaterThan(2);
    for (const said of [" 60 ", "6,552.71", "CNY 240,465.39", "Hulunbuir Ewenki"]) expect(text).toContain(said);
  });

  test("a month without charges can be drawn", () => {
    expect(renderer.draw({ kind: "contract", snapshot: billFixture(0) }).seal).not.toBeNull();
  });

  textTest("a description longer than a page is broken, not lost", (read) => {
    const description = `${"用量 usage ".repeat(700)}END`;
    const amounts = { list: "1.00", discount: "0.00", tax: "0.06", total: "1.00" };
    const line = lineFixture(0, { description, term: null, amounts });
    expect(read(pdfOf(billFixture(1, { lines: [line], amounts })))).toContain("END");
  });
});
