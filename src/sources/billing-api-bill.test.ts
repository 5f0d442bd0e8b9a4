import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Bill, totalOfBill } from "../domain/bill.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { decimalOf } from "../domain/money.ts";
import { looksLikeQueryBill, type QueryBillDefaults, readQueryBill } from "./billing-api-bill.ts";

const OCTOBER = sample("QueryBill-2026-10.json");
const NOVEMBER = sample("QueryBill-2026-11.json");
const ORDERS = sample("GetOrderDetail.ndjson");
const defaults: QueryBillDefaults = {
  account: "buyer" as AccountId,
  seller: "acme-cloud" as SellerId,
  isFinal: (cycle) => cycle < "2026-11",
};

type Change = readonly [from: string | RegExp, to: string];

function sample(name: string): string {
  return readFileSync(new URL(`samples/billing-api/${name}`, import.meta.url), "utf8");
}

function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    return after;
  }, text);
}

function read(text: string, ...changes: Change[]): Bill {
  const bill = readQueryBill(changed(text, changes), defaults);
  if (!bill.ok) throw new Error(bill.fault.message.en);
  return bill.value;
}

function refused(text: string, ...changes: Change[]): InputFault {
  const bill = readQueryBill(changed(text, changes), defaults);
  if (bill.ok) throw new Error("was accepted");
  expect(bill.fault.message["zh-CN"]).toMatch(/^\P{Script=Han}*\p{Script=Han}.*。$/u);
  return bill.fault;
}

function amountsOf(bill: Bill): string[][] {
  return bill.lines.map(({ list, discount, tax, total }) => [list, discount, tax, total].map(decimalOf));
}

describe("golden facts", () => {
  test("fractions of a fen go with the discount, and what is payable is exact", () => {
    const bill = read(OCTOBER);
    expect(amountsOf(bill)).toEqual([
      ["1830.45", "0.00", "103.61", "1830.45"],
      ["0.03", "0.00", "0.00", "0.03"],
      ["412.20", "0.00", "23.33", "412.20"],
    ]);
    expect(decimalOf(totalOfBill(bill))).toBe("2242.68");
    expect(bill).toMatchObject({ account: "buyer", seller: "acme-cloud", cycle: "2026-10", currency: "CNY" });
    expect(bill.lines.map(({ line, product }) => [line, product])).toEqual([
      ["1", "ecs"],
      ["2", "oss"],
      ["3", "slb"],
    ]);
  });

  test("whether the month is complete is the policy's to say", () => {
    expect([read(OCTOBER).state, read(NOVEMBER).state]).toEqual(["final", "open"]);
  });

  test("the catalogue's name stands in where there is one, else the API's in both languages", () => {
    expect(read(OCTOBER).lines.map(({ name }) => name)).toEqual([
      null,
      null,
      { "zh-CN": "Server Load Balancer", en: "Server Load Balancer" },
    ]);
    const own = readQueryBill(OCTOBER, { ...defaults, isInCatalogue: (product) => product === "slb" });
    expect(own.ok && own.value.lines.map(({ name }) => name?.en)).toEqual([
      "Elastic Compute Service",
      "Object Storage Service",
      undefined,
    ]);
    expect(read(OCTOBER, ['"ProductName": "Server Load Balancer"', '"ProductName": ""']).lines[2]?.name).toBeNull();
  });

  test("a detail is told when it says more than the name", () => {
    expect(read(OCTOBER).lines.map(({ description }) => description)).toEqual(["", "", ""]);
    const told = read(OCTOBER, ['"ProductDetail": "Elastic', '"ProductDetail": "Reserved\\u0000Elastic']);
    expect(told.lines[0]?.description).toBe("Reserved Elastic Compute Service");
  });

  test("a product code is ours in lower case", () => {
    expect(read(NOVEMBER, ['"ProductCode": "ecs"', '"ProductCode": "ECS"']).lines[0]).toMatchObject({
      product: "ecs",
      name: null,
    });
  });
});

describe("amounts", () => {
  test("discount and coupons are added before the fraction is cut off", () => {
    const bill = read(
      OCTOBER,
      ['"InvoiceDiscount": 0.007', '"InvoiceDiscount": 20.005'],
      ['"DeductedByCoupons": 0.0', '"DeductedByCoupons": 10.006'],
    );
    expect(amountsOf(bill)[0]).toEqual(["1860.46", "30.01", "103.61", "1830.45"]);
  });

  test("tax on top is part of the total, not of the list price", () => {
    const bill = read(NOVEMBER, ['"AfterTaxAmount": 902.11', '"AfterTaxAmount": 953.17']);
    expect(amountsOf(bill)).toEqual([["902.11", "0.00", "51.06", "953.17"]]);
  });

  test("a refund is below zero, its discount too", () => {
    const bill = read(
      NOVEMBER,
      [/"(PretaxAmount|AfterTaxAmount)": 902.11/g, '"$1": -90.5'],
      ['"InvoiceDiscount": 0.0', '"InvoiceDiscount": -9.509'],
      ['"Tax": 51.06', '"Tax": -5.12'],
    );
    expect(amountsOf(bill)).toEqual([["-100.00", "-9.50", "-5.12", "-90.50"]]);
  });

  test("an item of nothing stays", () => {
    const bill = read(OCTOBER, [/"(PretaxAmount|AfterTaxAmount)": 0.03/g, '"$1": 0.0']);
    expect(amountsOf(bill)[1]).toEqual(["0.00", "0.00", "0.00", "0.00"]);
  });

  test("numbers are read from their digits: large ones, texts, and those with an exponent", () => {
    const large = (written: string) =>
      read(NOVEMBER, [/"(PretaxAmount|AfterTaxAmount)": 902.11/g, `"$1": ${written}`]).lines[0]?.total.minor;
    expect(large("900719925474099.93")).toBe(90071992547409993n);
    expect(large('"12345678.90"')).toBe(1234567890n);
    expect(large("1.23456789E7")).toBe(1234567890n);
  });

  test("yen are whole", () => {
    const bill = read(
      NOVEMBER,
      ['"Currency": "CNY"', '"Currency": "JPY"'],
      [/"(PretaxAmount|AfterTaxAmount)": 902.11/g, '"$1": 902.0'],
      ['"Tax": 51.06', '"Tax": 51'],
      ['"InvoiceDiscount": 0.0', '"InvoiceDiscount": 1.9'],
    );
    expect(amountsOf(bill)).toEqual([["903", "1", "51", "902"]]);
  });
});

describe("what is refused names the API's own member", () => {
  test.each<[what: string, change: Change, field: string, sentence: string]>([
    [
      "a failed call",
      [/"Code": "Success",\s*"Message": "Successful!"/, '"Code": "NotAuthorized", "Message": "No permission."'],
      "Code",
      'Code: the billing API answered "NotAuthorized: No permission." instead of a bill; settle the cause and fetch it again.',
    ],
    [
      "a call that was no success",
      ['"Success": true', '"Success": false'],
      "Code",
      'Code: the billing API answered "Success: Successful!" instead of a bill; settle the cause and fetch it again.',
    ],
    [
      "no month",
      ['"BillingCycle": "2026-10",', ""],
      "Data.BillingCycle",
      "Data.BillingCycle: missing in the response; fetch the bill again.",
    ],
    [
      "a day for a month",
      ["2026-10", "2026-10-01"],
      "Data.BillingCycle",
      'Data.BillingCycle: "2026-10-01" is not a month such as "2026-10"; fetch the bill of a month.',
    ],
    [
      "a page of a longer bill",
      ['"TotalCount": 3', '"TotalCount": 300'],
      "Data.TotalCount",
      "Data.TotalCount: announces 300 items, but only 3 are here; fetch the bill with a larger PageSize, at most 300.",
    ],
    [
      "a page of a bill that no page can hold",
      ['"TotalCount": 3', '"TotalCount": 301'],
      "Data.TotalCount",
      "Data.TotalCount: announces 301 items, but only 3 are here; join the items of all pages in one Data.Items.Item.",
    ],
    [
      "no count, so that nobody knows whether all is here",
      ['"TotalCount": 3,', ""],
      "Data.TotalCount",
      "Data.TotalCount: missing in the response; fetch the bill again.",
    ],
    [
      "a count that is none",
      ['"TotalCount": 3', '"TotalCount": -3'],
      "Data.TotalCount",
      'Data.TotalCount: "-3" is not a number of items; fetch the bill again.',
    ],
    [
      "no list of items",
      ['"Item": [', '"Entry": ['],
      "Data.Items.Item",
      "Data.Items.Item: missing in the response; fetch the bill again.",
    ],
    [
      "no amount",
      ['"AfterTaxAmount": 0.03,', ""],
      "Data.Items.Item[1].AfterTaxAmount",
      "Data.Items.Item[1].AfterTaxAmount: missing in the response; fetch the bill again.",
    ],
    [
      "an amount that is null",
      ['"Tax": 103.61', '"Tax": null'],
      "Data.Items.Item[0].Tax",
      "Data.Items.Item[0].Tax: missing in the response; fetch the bill again.",
    ],
    [
      "a fraction of a fen to pay",
      ['"AfterTaxAmount": 1830.45', '"AfterTaxAmount": 1830.457'],
      "Data.Items.Item[0].AfterTaxAmount",
      'Data.Items.Item[0].AfterTaxAmount: "1830.457" has more decimal places than the 2 of CNY, and a bill is not rounded; fetch it again, or send it in Orderseal\'s own format.',
    ],
    [
      "an amount that is no number",
      ['"InvoiceDiscount": 0.007', '"InvoiceDiscount": "none"'],
      "Data.Items.Item[0].InvoiceDiscount",
      'Data.Items.Item[0].InvoiceDiscount: "none" is not an amount that can be read; fetch the bill again.',
    ],
    [
      "an amount beyond all measure",
      ['"InvoiceDiscount": 0.007', '"InvoiceDiscount": 1e30'],
      "Data.Items.Item[0].InvoiceDiscount",
      'Data.Items.Item[0].InvoiceDiscount: "1000000000000000000000000000000.0" is not an amount that can be read; fetch the bill again.',
    ],
    [
      "amounts that do not add up",
      ['"AfterTaxAmount": 412.2', '"AfterTaxAmount": 412.21'],
      "Data.Items.Item[2].AfterTaxAmount",
      'Data.Items.Item[2].AfterTaxAmount: "412.21" is neither PretaxAmount (412.20) nor that plus Tax (435.53); fetch the bill again.',
    ],
    [
      "more tax than total",
      ['"Tax": 23.33', '"Tax": 412.21'],
      "Data.Items.Item[2].Tax",
      'Data.Items.Item[2].Tax: "412.21" is not between 0 and total (412.20); write the tax that total contains.',
    ],
    [
      "a second currency",
      [/("ProductCode": "slb"[^}]*"Currency": )"CNY"/, '$1"USD"'],
      "Data.Items.Item[2].Currency",
      'Data.Items.Item[2].Currency: "USD" differs from the CNY of the items before, but a bill has one currency; send each currency as the bill of an account of its own, in Orderseal\'s own format.',
    ],
    [
      "an unknown currency",
      ['"Currency": "CNY"', '"Currency": "XAU"'],
      "Data.Items.Item[0].Currency",
      'Data.Items.Item[0].Currency: "XAU" is not known here; write one of CNY, USD, EUR, GBP, HKD, SGD, JPY, KRW.',
    ],
    [
      "no product",
      ['"ProductCode": "oss"', '"ProductCode": ""'],
      "Data.Items.Item[1].ProductCode",
      "Data.Items.Item[1].ProductCode: missing in the response; fetch the bill again.",
    ],
    [
      "a product code that is none",
      ['"ProductCode": "oss"', '"ProductCode": "a b"'],
      "Data.Items.Item[1].ProductCode",
      'Data.Items.Item[1].ProductCode: "a b" is not an id; write 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first.',
    ],
    [
      "a list for a text",
      ['"ProductName": "Object Storage Service"', '"ProductName": ["x"]'],
      "Data.Items.Item[1].ProductName",
      "Data.Items.Item[1].ProductName: a list where text or a number belongs; fetch the bill again.",
    ],
    [
      "no JSON",
      ['"TotalCount": 3,', '"TotalCount": ,'],
      "",
      "Line 10 is not valid JSON; save one whole response of QueryBill in a file.",
    ],
    [
      "a member twice",
      ['"TotalCount": 3,', '"TotalCount": 3, "TotalCount": 4,'],
      "",
      'The member "TotalCount" stands twice with different values; fetch the bill again.',
    ],
  ])("%s", (_what, change, field, sentence) => {
    const fault = refused(OCTOBER, change);
    expect([fault.field, fault.message.en]).toEqual([field, sentence]);
  });

  test("a month without items", () => {
    const text = '{"Data":{"BillingCycle":"2026-10","TotalCount":0,"Items":{"Item":[]}}}';
    expect(refused(text).message.en).toBe(
      "Data.Items.Item: holds no items, so the month has nothing to contract; check the billing cycle.",
    );
    expect(refused(text, ["[]", "{}"]).message.en).toBe(
      "Data.Items.Item: an object where a list belongs; fetch the bill again.",
    );
  });

  test("two responses in one file", () => {
    expect(refused(OCTOBER + NOVEMBER).field).toBe("");
  });

  test.each([
    ["nothing", ""],
    ["a number", "1"],
    ["a list", "[]"],
    ["deep nesting", '{"Data":'.repeat(50_000)],
    ["a prototype for data", '{"__proto__":{"Data":{"BillingCycle":"2026-10"}}}'],
    ["an item that is null", '{"Data":{"BillingCycle":"2026-10","TotalCount":1,"Items":{"Item":[null]}}}'],
    ["an item that is a list", '{"Data":{"BillingCycle":"2026-10","TotalCount":1,"Items":{"Item":[[]]}}}'],
    ["a response with orders", ORDERS.split("\n")[0] ?? ""],
  ])("%s is refused, not crashed on", (_what, text) => {
    expect(refused(text).message.en).toMatch(/\.$/);
  });

  test("a byte order mark before the response is no fault", () => {
    expect(read(`\uFEFF${OCTOBER}`)).toEqual(read(OCTOBER));
  });

  test("whatever the deductions, a bill adds up or is refused", () => {
    const fen = fc.integer({ min: -100_000, max: 100_000 });
    const deduction = fc.oneof(
      fen.map((thousandths) => thousandths / 1000),
      fc.double(),
    );
    fc.assert(
      fc.property(deduction, deduction, fen, fc.nat(100), (discount, coupons, net, percent) => {
        const text = changed(NOVEMBER, [
          [/"(PretaxAmount|AfterTaxAmount)": 902.11/g, `"$1": ${net / 100} `],
          ['"InvoiceDiscount": 0.0', `"InvoiceDiscount": ${discount} `],
          ['"DeductedByCoupons": 0.0', `"DeductedByCoupons": ${coupons} `],
          ['"Tax": 51.06', `"Tax": ${Math.trunc((net * percent) / 100) / 100} `],
        ]);
        const bill = readQueryBill(text, defaults);
        if (!bill.ok) return;
        const [line] = bill.value.lines;
        expect(line && line.list.minor - line.discount.minor).toBe(BigInt(net));
        expect(line?.total.minor).toBe(BigInt(net));
      }),
    );
  });
});

describe("a response of QueryBill is told from the rest", () => {
  test.each([
    ["pretty-printed", OCTOBER, true],
    ["on one line", JSON.stringify(JSON.parse(NOVEMBER)), true],
    ["cut short", OCTOBER.slice(0, 800), true],
    ["responses of GetOrderDetail", ORDERS, false],
    ["an order whose text speaks of it", `{"note":${JSON.stringify('"BillingCycle": "Items":')}}`, false],
    ["our own bill", '{"state":"final","currency":"CNY","lines":[]}', false],
    ["a failed call", '{"Code":"NotAuthorized","Success":false}', false],
    ["nothing", "", false],
  ])("%s", (_what, text, expected) => {
    expect(looksLikeQueryBill(text)).toBe(expected);
  });
});
