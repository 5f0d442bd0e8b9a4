import fc from "fast-check";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import type { AccountId, OrderId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { type Currency, decimalOf } from "../domain/money.ts";
import type { Order } from "../domain/order.ts";
import { isoOf } from "../domain/time.ts";
import { OrderDocument, parseOrderDocument } from "./order-document.ts";

const seller = "acme-cloud" as SellerId;

function line(changes: object = {}): object {
  return { line: "1", product: "ecs", quantity: "2", total: "90.00", discount: "10", ...changes };
}

function document(changes: object = {}): object {
  return {
    order: "A-1",
    account: "buyer",
    revision: 3,
    occurredAt: "2026-11-01T00:00:00Z",
    placedAt: "2026-10-31T08:00:00+08:00",
    type: "new",
    billing: "subscription",
    status: { state: "paid", paidAt: "2026-11-01T00:00:00Z" },
    currency: "CNY",
    lines: [line()],
    ...changes,
  };
}

function parsed(value: unknown, defaults: { account?: AccountId; order?: OrderId } = {}): Order {
  const order = parseOrderDocument(value, { seller, ...defaults });
  if (!order.ok) throw new Error(order.fault.message.en);
  return order.value;
}

function refused(value: unknown, defaults: { account?: AccountId; order?: OrderId } = {}): InputFault {
  const order = parseOrderDocument(value, { seller, ...defaults });
  if (order.ok) throw new Error("was accepted");
  return order.fault;
}

const FULL = document({
  marketplace: { sellerName: "上海示例软件有限公司", seller: "shanghai-example" },
  lines: [
    line({
      name: { "zh-CN": "云服务器", en: "Server" },
      description: "ecs.g8i\r\n2 vCPU",
      list: "100.00",
      tax: "5.09",
      startsAt: "2026-11-01T00:00:00Z",
      endsAt: "2027-11-01T00:00:00Z",
    }),
    line({ line: "2", endsAt: null }),
  ],
  domain: { service: "registration", name: "例子.cn" },
  relatedOrder: "A-0",
});

describe("a document that is in order", () => {
  test("becomes an order with exact amounts, and what it leaves out has its default", () => {
    const order = parsed(document());
    expect(order.channel).toEqual({ kind: "direct", seller });
    expect(isoOf(order.placedAt)).toBe("2026-10-31T00:00:00Z");
    expect(order.lines.map(({ list, discount, tax, total }) => [list, discount, tax, total].map(decimalOf))).toEqual([
      ["100.00", "10.00", "0.00", "90.00"],
    ]);
    expect(order.lines[0]).toMatchObject({ name: null, description: "", term: null });
    expect(order).toMatchObject({ domainName: null, domainService: null, relatedOrder: null });
  });

  test("may use every field", () => {
    const order = parsed(FULL);
    expect(order.channel).toEqual({
      kind: "marketplace",
      sellerName: "上海示例软件有限公司",
      seller: "shanghai-example",
    });
    expect(order.lines[0]?.description).toBe("ecs.g8i 2 vCPU");
    expect(order).toMatchObject({ domainService: "registration", domainName: "例子.cn", relatedOrder: "A-0" });
  });

  test("is what the published schema allows, and so is every default left out", () => {
    for (const value of [document(), FULL]) expect(Value.Check(OrderDocument, value)).toBe(true);
    expect(Value.Check(OrderDocument, document({ price: "1" }))).toBe(false);
  });

  test("has tax on top where total says so", () => {
    const lines = [line({ list: "198000", discount: "0", tax: "19800", total: "217800" })];
    expect(parsed(document({ currency: "JPY", lines })).lines[0]?.total.minor).toBe(217800n);
  });

  test("may be below zero when it is a refund", () => {
    const lines = [line({ discount: "0", tax: "-56.60", total: "-1000.00" })];
    expect(parsed(document({ type: "refund", lines })).lines[0]?.list.minor).toBe(-100000n);
  });

  test("takes account and order from the address, or repeats the order", () => {
    const defaults = { account: "buyer" as AccountId, order: "A-1" as OrderId };
    expect(parsed(document({ order: undefined, account: null }), defaults)).toMatchObject({
      id: "A-1",
      account: "buyer",
    });
    expect(parsed(document(), defaults).id).toBe("A-1");
  });

  test("is printed in one normal form: composed characters, no blanks around", () => {
    const name = { "zh-CN": " 服务 ", en: "Cafe\u0301" };
    expect(parsed(document({ lines: [line({ name })] })).lines[0]?.name).toEqual({ "zh-CN": "服务", en: "Café" });
  });

  test.each(["unpaid", "paid", "cancelled", "expired", "refunded"])("may be %s", (state) => {
    const time = state === "unpaid" ? {} : { [`${state}At`]: "2026-11-01T00:00:00Z" };
    const value = document({ status: { state, ...time } });
    expect(parsed(value).status.state).toBe(state);
    expect(Value.Check(OrderDocument, value)).toBe(true);
  });

  test("money text survives parsing to the last digit in every currency", () => {
    const currencies: [Currency, number][] = [
      ["CNY", 2],
      ["USD", 2],
      ["JPY", 0],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...currencies), fc.bigInt(0n, 10n ** 16n), ([currency, places], minor) => {
        const digits = minor.toString().padStart(places + 1, "0");
        const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
        const order = parsed(document({ currency, lines: [line({ total: text, discount: "0" })] }));
        expect(order.lines.map(({ total }) => decimalOf(total))).toEqual([text]);
      }),
    );
  });
});

describe("hostile documents are refused, not crashed on", () => {
  test("a name of ten million characters is quoted briefly", () => {
    const fault = refused(document({ lines: [line({ name: { "zh-CN": "长".repeat(10_000_000), en: "x" } })] }));
    expect(fault.field).toBe("lines[0].name.zh-CN");
    expect(fault.message.en.length).toBeLessThan(160);
  });

  test.each(["__proto__", "constructor", "toString"])("the member %s is unknown, not inherited", (name) => {
    const value = JSON.parse(JSON.stringify(document()).replace("{", `{"${name}":{"order":"X"},`));
    expect(refused(value).field).toBe(name);
  });

  test("members are the document's own", () => {
    expect(refused(Object.create(document()) as object).field).toBe("order");
  });

  test.each([
    ["half a character", "\uD800", "U+D800"],
    ["a control character", "a\u0000b", "U+0000"],
    ["a byte order mark inside", "a\uFEFFb", "U+FEFF"],
  ])("%s is named by its code point", (_what, en, codePoint) => {
    expect(refused(document({ lines: [line({ name: { "zh-CN": "名", en } })] })).message.en).toContain(codePoint);
  });

  test("an unknown member with a monstrous name is named briefly and visibly", () => {
    const fault = refused(document({ ["\u202E\n".repeat(100_000)]: 1 }));
    expect(fault.field.length).toBeLessThan(400);
    expect(fault.message.en).not.toMatch(/[\n\u202E]/);
  });

  test("whatever JSON comes, the answer is an order or a sentence that names its field", () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...Object.keys(OrderDocument.properties)), fc.jsonValue()).map(document),
      fc
        .dictionary(fc.constantFrom("line", "name", "quantity", "total", "tax", "endsAt"), fc.jsonValue())
        .map((changes) => document({ lines: [line(changes)] })),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const order = parseOrderDocument(value, { seller });
        if (order.ok) {
          expect(Value.Check(OrderDocument, value)).toBe(true);
          return;
        }
        const { field, message } = order.fault;
        if (field !== "") expect(message.en.startsWith(`${field}: `)).toBe(true);
        if (field !== "") expect(message["zh-CN"].startsWith(`${field}：`)).toBe(true);
        expect(message.en.endsWith(".") && message["zh-CN"].endsWith("。")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
