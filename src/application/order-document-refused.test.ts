import { expect, test } from "vitest";
import type { OrderId, SellerId } from "../domain/identifiers.ts";
import { parseOrderDocument } from "./order-document.ts";

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

const MALFORMED: [what: string, value: unknown, field: string, en: string, zh: string][] = [
  ["a list", [], "", "a list does not belong here; write an order.", "此处不能是列表，请填写订单。"],
  ["nothing", null, "", "missing; write an order.", "缺少此项，请填写订单。"],
  [
    "no account",
    document({ account: undefined }),
    "account",
    "account: missing; write the customer's account id.",
    "account：缺少此项，请填写客户账号。",
  ],
  [
    "an order number with a slash",
    document({ order: "A/1" }),
    "order",
    'order: "A/1" is not an id; write 1 to 64 letters, digits, ".", "_" or "-", a letter or digit first.',
    "order：“A/1”不是有效的编号，请用 1 至 64 个字母、数字或“.”“_”“-”，并以字母或数字开头。",
  ],
  [
    "an order number as a number",
    document({ order: 12 }),
    "order",
    "order: the number 12 does not belong here; write the order number.",
    "order：此处不能是数字 12，请填写订单号。",
  ],
  [
    "a revision as text",
    document({ revision: "3" }),
    "revision",
    'revision: "3" does not belong here; write a whole number from 1 up that grows with every change.',
    "revision：此处不能是“3”，请填写不小于 1 的整数（每次变更加大）。",
  ],
  [
    "half a revision",
    document({ revision: 1.5 }),
    "revision",
    "revision: the number 1.5 does not belong here; write a whole number from 1 up that grows with every change.",
    "revision：此处不能是数字 1.5，请填写不小于 1 的整数（每次变更加大）。",
  ],
  [
    "a bare date",
    document({ placedAt: "2026-11-01" }),
    "placedAt",
    'placedAt: "2026-11-01" is not an instant with an offset between 1970 and 9999; write it like "2026-11-01T00:00:00Z".',
    "placedAt：“2026-11-01”不是 1970 至 9999 年间带时区偏移的时刻，请按 2026-11-01T00:00:00Z 的格式填写。",
  ],
  [
    "an unknown type",
    document({ type: "sale" }),
    "type",
    'type: "sale" is not known here; write one of new, renew, upgrade, downgrade, convert, refund, os_change, trial, other.',
    "type：“sale”不在可选范围内，请填写以下之一：new、renew、upgrade、downgrade、convert、refund、os_change、trial、other。",
  ],
  [
    "no billing",
    document({ billing: undefined }),
    "billing",
    "billing: missing; write one of subscription, pay_as_you_go.",
    "billing：缺少此项，请填写以下之一：subscription、pay_as_you_go。",
  ],
  [
    "two sellers",
    document({ seller: "a", marketplace: { sellerName: "B" } }),
    "seller",
    "seller: cannot stand beside marketplace, which names its own seller; leave one of the two out.",
    "seller：不能与 marketplace 同时出现，因为后者已指明卖家，请删去其中一项。",
  ],
  [
    "a marketplace without a name",
    document({ marketplace: { seller: "a" } }),
    "marketplace.sellerName",
    "marketplace.sellerName: missing; write the seller's name.",
    "marketplace.sellerName：缺少此项，请填写卖家名称。",
  ],
  [
    "no status",
    document({ status: undefined }),
    "status",
    "status: missing; write the status of the order.",
    "status：缺少此项，请填写订单状态。",
  ],
  [
    "a status as text",
    document({ status: "paid" }),
    "status",
    'status: "paid" does not belong here; write the status of the order.',
    "status：此处不能是“paid”，请填写订单状态。",
  ],
  [
    "paid, but when?",
    document({ status: { state: "paid" } }),
    "status.paidAt",
    'status.paidAt: missing; write an instant such as "2026-11-01T00:00:00Z".',
    "status.paidAt：缺少此项，请填写时刻，例如 2026-11-01T00:00:00Z。",
  ],
  [
    "unpaid with a time of payment",
    document({ status: { state: "unpaid", paidAt: "2026-11-01T00:00:00Z" } }),
    "status.paidAt",
    'status.paidAt: not a field of the status "unpaid"; leave it out (its fields are state).',
    "status.paidAt：unpaid 状态没有这个字段，请删除（可用字段：state）。",
  ],
  [
    "an unknown currency",
    document({ currency: "XAU" }),
    "currency",
    'currency: "XAU" is not known here; write one of CNY, USD, EUR, GBP, HKD, SGD, JPY, KRW.',
    "currency：“XAU”不在可选范围内，请填写以下之一：CNY、USD、EUR、GBP、HKD、SGD、JPY、KRW。",
  ],
  [
    "a domain without its name",
    document({ domain: { service: "renewal" } }),
    "domain.name",
    "domain.name: missing; write the domain name.",
    "domain.name：缺少此项，请填写域名。",
  ],
];

test.each(MALFORMED)("%s is refused in one sentence, in both languages", (_what, value, field, en, zh) => {
  expect(parseOrderDocument(value, { seller })).toEqual({ ok: false, fault: { field, message: { "zh-CN": zh, en } } });
});

test("another order than the address names is refused", () => {
  const order = parseOrderDocument(document(), { seller, order: "B-2" as OrderId });
  expect(order).toMatchObject({
    fault: {
      field: "order",
      message: {
        en: 'order: "A-1" is not the order that the address names ("B-2"); correct it or leave it out.',
        "zh-CN": "order：“A-1”与地址中的订单号“B-2”不一致，请更正或删去此项。",
      },
    },
  });
});
