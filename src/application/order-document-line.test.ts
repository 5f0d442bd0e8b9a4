import { expect, test } from "vitest";
import type { SellerId } from "../domain/identifiers.ts";
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
  [
    "no lines",
    document({ lines: undefined }),
    "lines",
    "lines: missing; write a list of 1 to 1000 lines.",
    "lines：缺少此项，请填写由 1 至 1000 个订单行组成的列表。",
  ],
  [
    "an empty list of lines",
    document({ lines: [] }),
    "lines",
    "lines: holds 0 lines where an order has 1 to 1000; add what is missing or split the order.",
    "lines：共有 0 行，而一个订单应有 1 至 1000 行，请补充或拆分。",
  ],
  [
    "a line that is no object",
    document({ lines: ["x"] }),
    "lines[0]",
    'lines[0]: "x" does not belong here; write an order line.',
    "lines[0]：此处不能是“x”，请填写订单行。",
  ],
  [
    "an unknown member of a line",
    document({ lines: [{ price: "1" }] }),
    "lines[0].price",
    "lines[0].price: not a field of an order line; leave it out (its fields are line, product, name, description, quantity, list, discount, tax, total, startsAt, endsAt).",
    "lines[0].price：订单行没有这个字段，请删除（可用字段：line、product、name、description、quantity、list、discount、tax、total、startsAt、endsAt）。",
  ],
  [
    "the same line twice",
    document({ lines: [line(), line()] }),
    "lines[1].line",
    'lines[1].line: "1" already is the id of lines[0]; give every line an id of its own.',
    "lines[1].line：“1”已是 lines[0] 的编号，请为每一行使用不同的编号。",
  ],
  [
    "a name in one language",
    document({ lines: [line({ name: { en: "Server" } })] }),
    "lines[0].name.zh-CN",
    "lines[0].name.zh-CN: missing; write the name in Chinese.",
    "lines[0].name.zh-CN：缺少此项，请填写中文名称。",
  ],
  [
    "a direction override in a name",
    document({ lines: [line({ name: { "zh-CN": "服务", en: "a\u202Eb" } })] }),
    "lines[0].name.en",
    "lines[0].name.en: contains U+202E, which is invisible or no character at all; remove it.",
    "lines[0].name.en：含有不可见或无效的字符 U+202E，请删除该字符。",
  ],
  [
    "a quantity of zero",
    document({ lines: [line({ quantity: "0.0" })] }),
    "lines[0].quantity",
    'lines[0].quantity: "0.0" is not a quantity above zero; write digits such as "2" or "0.5".',
    'lines[0].quantity：“0.0”不是大于 0 的数量，请用数字填写，例如 "2" 或 "0.5"。',
  ],
  [
    "an amount as a JSON number",
    document({ lines: [line({ total: 12.5 })] }),
    "lines[0].total",
    'lines[0].total: 12.5 is a JSON number, which can lose minor units; write the amount as text, such as "12.50".',
    'lines[0].total：金额写成了 JSON 数字 12.5，可能丢失小数位，请改写为带引号的文本，例如 "12.50"。',
  ],
  [
    "too many decimal places",
    document({ lines: [line({ total: "12.345" })] }),
    "lines[0].total",
    'lines[0].total: "12.345" has more decimal places than CNY allows; write at most 2.',
    "lines[0].total：“12.345”的小数位数超过 CNY 允许的位数，最多写 2 位。",
  ],
  [
    "half a yen",
    document({ currency: "JPY", lines: [line({ total: "12.5" })] }),
    "lines[0].total",
    'lines[0].total: "12.5" has decimal places, but JPY has none; write a whole number.',
    "lines[0].total：“12.5”带有小数，而 JPY 没有小数位，请填写整数。",
  ],
  [
    "thousands separators",
    document({ lines: [line({ total: "1,000.00" })] }),
    "lines[0].total",
    'lines[0].total: "1,000.00" is not an amount; write digits and a point only, such as "12.50", without separators or currency.',
    'lines[0].total：“1,000.00”不是金额，请只用数字和小数点填写，例如 "12.50"，不带千分位和货币符号。',
  ],
  [
    "an amount beyond all measure",
    document({ lines: [line({ total: "99999999999999999999" })] }),
    "lines[0].total",
    'lines[0].total: "99999999999999999999" is larger than an amount can be; check the number of digits.',
    "lines[0].total：“99999999999999999999”超出可处理的金额上限，请检查位数。",
  ],
  [
    "lines that are too large together",
    document({ lines: ["1", "2"].map((id) => line({ line: id, total: "600000000000000", discount: "0" })) }),
    "lines",
    "lines: the sum of list, 1200000000000000.00, is larger than an amount can be; check the digits or split the order.",
    "lines：各行 list 之和 1200000000000000.00 超出可处理的金额上限，请检查位数或拆分订单。",
  ],
  [
    "a sale below zero",
    document({ lines: [line({ total: "-1", discount: "0" })] }),
    "lines[0].list",
    'lines[0].list: "-1.00" is below zero, which only orders of type refund or downgrade may be; correct the amount or the type.',
    "lines[0].list：“-1.00”小于 0，而只有退款（refund）和降配（downgrade）订单允许负数，请更正金额或 type。",
  ],
  [
    "more tax than total",
    document({ lines: [line({ tax: "90.01" })] }),
    "lines[0].tax",
    'lines[0].tax: "90.01" is not between 0 and total (90.00); write the tax that total contains.',
    "lines[0].tax：“90.01”不在 0 与 total（90.00）之间，请填写 total 中所含的税额。",
  ],
  [
    "amounts that do not add up",
    document({ lines: [line({ list: "120.00", tax: "5.00" })] }),
    "lines[0].total",
    'lines[0].total: "90.00" is neither list − discount (110.00) nor that plus tax (115.00); correct the amount that is wrong.',
    "lines[0].total：“90.00”既不等于 list − discount（110.00），也不等于再加上 tax（115.00），请更正有误的金额。",
  ],
  [
    "an end before the start",
    document({ lines: [line({ startsAt: "2026-11-02T00:00:00Z", endsAt: "2026-11-02T00:00:00Z" })] }),
    "lines[0].endsAt",
    'lines[0].endsAt: "2026-11-02T00:00:00Z" is not after startsAt (2026-11-02T00:00:00Z); correct one of the two.',
    "lines[0].endsAt：“2026-11-02T00:00:00Z”不晚于 startsAt（2026-11-02T00:00:00Z），请更正两者之一。",
  ],
  [
    "an end without a start",
    document({ lines: [line({ endsAt: "2026-11-02T00:00:00Z" })] }),
    "lines[0].startsAt",
    "lines[0].startsAt: missing; write the instant at which the term starts.",
    "lines[0].startsAt：缺少此项，请填写与 endsAt 对应的开始时刻。",
  ],
];

test.each(MALFORMED)("%s is refused in one sentence, in both languages", (_what, value, field, en, zh) => {
  expect(parseOrderDocument(value, { seller })).toEqual({ ok: false, fault: { field, message: { "zh-CN": zh, en } } });
});
