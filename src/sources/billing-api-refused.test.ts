import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ImportEntry } from "../application/import-orders.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import { readBillingApi } from "./billing-api.ts";

const SAMPLE = new URL("samples/billing-api/GetOrderDetail.ndjson", import.meta.url);
const SAMPLE_BYTES = readFileSync(SAMPLE);
const RESPONSES = SAMPLE_BYTES.toString().trim().split("\n");
const defaults = { account: "buyer" as AccountId, seller: "acme-cloud" as SellerId };

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function entriesOf(text: string): Promise<ImportEntry[]> {
  return all(readBillingApi(chunksOf(Buffer.from(text)), defaults));
}

/** The only order of the sample's line, after the text was changed. */
async function changed(line: number, ...changes: [from: string, to: string][]): Promise<ImportEntry> {
  let text = RESPONSES[line - 1] ?? "";
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const [entry, ...others] = await entriesOf(text);
  if (!entry || others.length > 0) throw new Error("not one entry");
  return entry;
}

async function faultOf(line: number, ...changes: [from: string, to: string][]): Promise<[string, string]> {
  const { order } = await changed(line, ...changes);
  if (order.ok) throw new Error("was accepted");
  expect(order.fault.message["zh-CN"]).toMatch(/^\P{Script=Han}*\p{Script=Han}.*。$/u);
  return [order.fault.field, order.fault.message.en];
}

describe("what is refused names the API's own field", () => {
  const SUB = "sub-order 21000100000000401";
  test.each<[what: string, line: number, change: [string, string], field: string, sentence: string]>([
    [
      "an unknown payment status",
      4,
      ['"Paid"', '"Owing"'],
      "PaymentStatus",
      'PaymentStatus: "Owing" is not understood (known: Unpaid, Paid, Cancelled); check the order, or import it in Orderseal\'s own format.',
    ],
    [
      "no payment status",
      4,
      ['"PaymentStatus": "Paid"', '"PaymentStatus": null'],
      "PaymentStatus",
      "PaymentStatus: nothing is not understood (known: Unpaid, Paid, Cancelled); check the order, or import it in Orderseal's own format.",
    ],
    [
      "paid without a time",
      4,
      ['"PaymentTime": "2026-11-10T05:00:00Z"', '"PaymentTime": ""'],
      "PaymentTime",
      'PaymentTime: missing; write an instant such as "2026-11-01T00:00:00Z".',
    ],
    [
      "an unknown way of billing",
      4,
      ['"Subscription"', '"Lease"'],
      "SubscriptionType",
      'SubscriptionType: "Lease" is not understood (known: Subscription, PayAsYouGo); check the order, or import it in Orderseal\'s own format.',
    ],
    [
      "an unknown currency",
      4,
      ['"Currency": "CNY"', '"Currency": "XAU"'],
      "Currency",
      'Currency: "XAU" is not known here; write one of CNY, USD, EUR, GBP, HKD, SGD, JPY, KRW.',
    ],
    [
      "a fraction of a fen",
      4,
      ['"Tax": "305.66"', '"Tax": "305.661"'],
      "Tax",
      `Tax (${SUB}): "305.661" has more decimal places than CNY allows; write at most 2.`,
    ],
    [
      "amounts that do not add up",
      4,
      ['"AfterTaxAmount": "5400.00"', '"AfterTaxAmount": "5400.01"'],
      "AfterTaxAmount",
      `AfterTaxAmount (${SUB}): "5400.01" is neither PretaxAmount (5400.00) nor that plus Tax (5705.66); fetch the order again.`,
    ],
    [
      "a price above the list price",
      4,
      ['"PretaxGrossAmount": "5400.00"', '"PretaxGrossAmount": "5300.00"'],
      "PretaxAmount",
      `PretaxAmount (${SUB}): "5400.00" is above PretaxGrossAmount (5300.00), the price before discounts; fetch the order again.`,
    ],
    [
      "a quantity of none",
      4,
      ['"Quantity": "50"', '"Quantity": "0"'],
      "Quantity",
      `Quantity (${SUB}): "0" is not a quantity above zero; write digits such as "2" or "0.5".`,
    ],
    [
      "an end before the start",
      4,
      ["2029-11-10T16:00:00Z", "2025-11-10T16:00:00Z"],
      "UsageEndTime",
      `UsageEndTime (${SUB}): "2025-11-10T16:00:00Z" is not after startsAt (2026-11-10T05:00:00Z); correct one of the two.`,
    ],
    [
      "a marketplace without seller",
      25,
      ['"SellerName": "上海示例软件有限公司"', '"SellerName": ""'],
      "ExtendInfos.SellerName",
      "ExtendInfos.SellerName: missing; write the seller's name.",
    ],
    [
      "an object for a text",
      4,
      ['"Quantity": "50"', '"Quantity": {"n": 50}'],
      "Quantity",
      `Quantity: an object where ${SUB} should have text; fetch the order again.`,
    ],
    [
      "no order number",
      4,
      ['"OrderId": "210001000000004"', '"OrderId": ""'],
      "OrderId",
      `OrderId: missing in ${SUB}; fetch the order again.`,
    ],
    [
      "a failed call",
      4,
      [
        '"Code": "Success", "Message": "Successful!", "Success": true',
        '"Code": "NotAuthorized", "Message": "No permission.", "Success": false',
      ],
      "Code",
      'Code: the billing API answered "NotAuthorized: No permission." instead of an order; settle the cause and fetch it again.',
    ],
    [
      "a page of a larger order",
      1,
      ['"HostName": ""', '"TotalCount": 3'],
      "Data.TotalCount",
      "Data.TotalCount: announces 3 sub-orders, but only 2 are here; fetch the whole order with a larger PageSize.",
    ],
    [
      "no orders at all",
      4,
      ['"OrderList"', '"Orders"'],
      "Data.OrderList.Order",
      "Data.OrderList.Order: holds no order; check that every line of the file is a response of GetOrderDetail.",
    ],
    [
      "one sub-order in another currency",
      1,
      ['"Currency": "CNY"', '"Currency": "USD"'],
      "Currency",
      'Currency: sub-order 21000100000000101 says "USD" but sub-order 21000100000000102 says "CNY"; one order must agree, so fetch it again.',
    ],
    [
      "the same sub-order twice",
      1,
      ["21000100000000102", "21000100000000101"],
      "SubOrderId",
      'SubOrderId (sub-order 21000100000000101): "21000100000000101" already is the id of lines[0]; give every line an id of its own.',
    ],
  ])("%s", async (_what, line, change, field, sentence) => {
    expect(await faultOf(line, change)).toEqual([field, sentence]);
  });

  test.each(["OrderType", "PaymentStatus", "SubscriptionType"])(
    "sub-orders of one order that differ in %s",
    async (name) => {
      const [, text = ""] = new RegExp(`("${name}": "\\w+")`).exec(RESPONSES[0] ?? "") ?? [];
      expect((await faultOf(1, [text, `"${name}": "Other"`]))[0]).toBe(name);
    },
  );

  test("without an account the way out is --account", async () => {
    const [entry] = await all(readBillingApi(chunksOf(SAMPLE_BYTES), { ...defaults, account: null }));
    expect(entry?.order).toMatchObject({
      fault: {
        field: "account",
        message: {
          en: "account: the billing API does not say whose orders these are; name the customer's account with --account.",
          "zh-CN": "account：账单接口不含账号信息，请用 --account 指定订单所属的客户账号。",
        },
      },
    });
  });

  test("a malformed third line of five is refused by its number, and the others go in", async () => {
    const lines = [...RESPONSES.slice(0, 2), "{", ...RESPONSES.slice(3, 5)];
    const entries = await entriesOf(lines.join("\n"));
    expect(entries.map(({ line, order }) => [line, order.ok])).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, true],
      [5, true],
    ]);
  });

  test.each([
    ["a number", "1"],
    ["a list", "[]"],
    ["deep nesting", '{"Data":'.repeat(50_000)],
    ["an order that is null", '{"Data":{"OrderList":{"Order":[null]}}}'],
    ["a prototype for data", '{"__proto__":{"Data":{"OrderList":{"Order":[]}}}}'],
    ["an order that is a list", '{"Data":{"OrderList":{"Order":[[]]}}}'],
  ])("%s is refused, not crashed on", async (_what, text) => {
    const [entry] = await entriesOf(text);
    expect(entry?.order.ok).toBe(false);
  });
});
