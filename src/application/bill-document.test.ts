import fc from "fast-check";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import { type Bill, type BillCycle, totalOfBill } from "../domain/bill.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { decimalOf } from "../domain/money.ts";
import { BillDocument, parseBillDocument } from "./bill-document.ts";

const defaults = {
  account: "buyer" as AccountId,
  cycle: "2026-10" as BillCycle,
  seller: "acme-cloud" as SellerId,
};

function line(changes: object = {}): object {
  return { line: "1", product: "ecs", tax: "103.61", total: "1830.45", ...changes };
}

function document(changes: object = {}): object {
  return { state: "final", currency: "CNY", lines: [line()], ...changes };
}

function parsed(value: unknown): Bill {
  const bill = parseBillDocument(value, defaults);
  if (!bill.ok) throw new Error(bill.fault.message.en);
  return bill.value;
}

function refused(value: unknown): InputFault {
  const bill = parseBillDocument(value, defaults);
  if (bill.ok) throw new Error("was accepted");
  return bill.fault;
}

const FULL = document({
  account: "buyer",
  cycle: "2026-10",
  seller: "acme-east",
  lines: [
    line({
      name: { "zh-CN": "云服务器", en: "Server" },
      description: "720 h\r\necs.g8i.large",
      list: "2030.45",
      discount: "200.00",
    }),
    line({ line: "2", total: "-10.00", tax: "-0.57", description: null, name: null, list: null, discount: null }),
  ],
});

describe("a bill that is in order", () => {
  test("has exact amounts, and what it leaves out has its default", () => {
    expect(parsed(document())).toEqual({
      account: "buyer",
      cycle: "2026-10",
      state: "final",
      seller: "acme-cloud",
      currency: "CNY",
      lines: [
        {
          line: "1",
          product: "ecs",
          name: null,
          description: "",
          list: { minor: 183045n, currency: "CNY" },
          discount: { minor: 0n, currency: "CNY" },
          tax: { minor: 10361n, currency: "CNY" },
          total: { minor: 183045n, currency: "CNY" },
        },
      ],
    });
  });

  test("may use every field, and pay money back in a line", () => {
    const bill = parsed(FULL);
    expect(bill).toMatchObject({ seller: "acme-east", state: "final" });
    expect(bill.lines[0]).toMatchObject({ name: { en: "Server" }, description: "720 h ecs.g8i.large" });
    expect(decimalOf(totalOfBill(bill))).toBe("1820.45");
  });

  test("has tax on top where total says so", () => {
    const lines = [line({ list: "198000", tax: "19800", total: "217800" })];
    expect(parsed(document({ state: "open", currency: "JPY", lines })).lines[0]?.list.minor).toBe(198000n);
  });

  test("may be of nothing: a month in which nothing is owed", () => {
    expect(totalOfBill(parsed(document({ lines: [line({ tax: "0", total: "0.00" })] }))).minor).toBe(0n);
  });

  test("may have a thousand lines", () => {
    const lines = Array.from({ length: 1000 }, (_, index) => line({ line: `${index}` }));
    expect(parsed(document({ lines })).lines).toHaveLength(1000);
  });

  test("is what the published schema allows", () => {
    for (const value of [document(), FULL]) expect(Value.Check(BillDocument, value)).toBe(true);
  });
});

test("whatever JSON comes, the answer is a bill that the schema allows or a sentence that names its field", () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...Object.keys(BillDocument.properties)), fc.jsonValue()).map(document),
    fc
      .dictionary(fc.constantFrom("line", "name", "description", "total", "tax", "list"), fc.jsonValue())
      .map((changes) => document({ lines: [line(changes)] })),
  );
  fc.assert(
    fc.property(anything, (value) => {
      const bill = parseBillDocument(value, defaults);
      if (bill.ok) {
        expect(Value.Check(BillDocument, value)).toBe(true);
        return;
      }
      const { field, message } = bill.fault;
      if (field !== "") expect(message.en.startsWith(`${field}: `)).toBe(true);
      if (field !== "") expect(message["zh-CN"].startsWith(`${field}：`)).toBe(true);
      expect(message.en.endsWith(".") && message["zh-CN"].endsWith("。")).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const MALFORMED: [what: string, value: unknown, field: string, en: string, zh: string][] = [
  ["no object", [], "", "a list does not belong here; write a bill.", "此处不能是列表，请填写账单。"],
  [
    "another account",
    document({ account: "other" }),
    "account",
    'account: "other" is not the account that the address names ("buyer"); correct it or leave it out.',
    "account：“other”与地址中的客户账号“buyer”不一致，请更正或删去此项。",
  ],
  [
    "another month",
    document({ cycle: "2026-11" }),
    "cycle",
    'cycle: "2026-11" is not the cycle that the address names ("2026-10"); correct it or leave it out.',
    "cycle：“2026-11”与地址中的账期“2026-10”不一致，请更正或删去此项。",
  ],
  [
    "a month that does not exist",
    document({ cycle: "2026-13" }),
    "cycle",
    'cycle: "2026-13" is not a month between 1970 and 9999; write it like "2026-10".',
    "cycle：“2026-13”不是 1970 至 9999 年间的账期，请按 2026-10 的格式填写。",
  ],
  [
    "no state",
    document({ state: undefined }),
    "state",
    "state: missing; write one of open, final.",
    "state：缺少此项，请填写以下之一：open、final。",
  ],
  [
    "an unknown state",
    document({ state: "closed" }),
    "state",
    'state: "closed" is not known here; write one of open, final.',
    "state：“closed”不在可选范围内，请填写以下之一：open、final。",
  ],
  [
    "an unknown member",
    document({ total: "1830.45" }),
    "total",
    "total: not a field of a bill; leave it out (its fields are account, cycle, state, seller, currency, lines).",
    "total：账单没有这个字段，请删除（可用字段：account、cycle、state、seller、currency、lines）。",
  ],
  [
    "an unknown member of a line",
    document({ lines: [line({ quantity: "1" })] }),
    "lines[0].quantity",
    "lines[0].quantity: not a field of a bill line; leave it out (its fields are line, product, name, description, list, discount, tax, total).",
    "lines[0].quantity：账单行没有这个字段，请删除（可用字段：line、product、name、description、list、discount、tax、total）。",
  ],
  [
    "no lines",
    document({ lines: undefined }),
    "lines",
    "lines: missing; write a list of 1 to 1000 lines.",
    "lines：缺少此项，请填写由 1 至 1000 个账单行组成的列表。",
  ],
  [
    "an empty list of lines",
    document({ lines: [] }),
    "lines",
    "lines: holds 0 lines where a bill has 1 to 1000; add what is missing or merge lines of the same product.",
    "lines：共有 0 行，而一份账单应有 1 至 1000 行，请补充或合并同一产品的行。",
  ],
  [
    "too many lines",
    document({ lines: Array.from({ length: 1001 }, line) }),
    "lines",
    "lines: holds 1001 lines where a bill has 1 to 1000; add what is missing or merge lines of the same product.",
    "lines：共有 1001 行，而一份账单应有 1 至 1000 行，请补充或合并同一产品的行。",
  ],
  [
    "the same line twice",
    document({ lines: [line(), line()] }),
    "lines[1].line",
    'lines[1].line: "1" already is the id of lines[0]; give every line an id of its own.',
    "lines[1].line：“1”已是 lines[0] 的编号，请为每一行使用不同的编号。",
  ],
  [
    "no tax",
    document({ lines: [line({ tax: undefined })] }),
    "lines[0].tax",
    'lines[0].tax: missing; write the amount as text, such as "12.50".',
    'lines[0].tax：缺少此项，请填写文本形式的金额，例如 "12.50"。',
  ],
  [
    "an amount as a JSON number",
    document({ lines: [line({ total: 1830.45 })] }),
    "lines[0].total",
    'lines[0].total: 1830.45 is a JSON number, which can lose minor units; write the amount as text, such as "12.50".',
    'lines[0].total：金额写成了 JSON 数字 1830.45，可能丢失小数位，请改写为带引号的文本，例如 "12.50"。',
  ],
  [
    "a fraction of a fen",
    document({ lines: [line({ total: "1830.457" })] }),
    "lines[0].total",
    'lines[0].total: "1830.457" has more decimal places than CNY allows; write at most 2.',
    "lines[0].total：“1830.457”的小数位数超过 CNY 允许的位数，最多写 2 位。",
  ],
  [
    "amounts that do not add up",
    document({ lines: [line({ list: "1830.46" })] }),
    "lines[0].total",
    'lines[0].total: "1830.45" is neither list − discount (1830.46) nor that plus tax (1934.07); correct the amount that is wrong.',
    "lines[0].total：“1830.45”既不等于 list − discount（1830.46），也不等于再加上 tax（1934.07），请更正有误的金额。",
  ],
  [
    "lines that are too large together",
    document({ lines: ["1", "2"].map((id) => line({ line: id, total: "600000000000000" })) }),
    "lines",
    "lines: the sum of list, 1200000000000000.00, is larger than an amount can be; check the digits.",
    "lines：各行 list 之和 1200000000000000.00 超出可处理的金额上限，请检查位数。",
  ],
  [
    "a description that is no text",
    document({ lines: [line({ description: 720 })] }),
    "lines[0].description",
    "lines[0].description: the number 720 does not belong here; write what was used, in words.",
    "lines[0].description：此处不能是数字 720，请填写用量说明。",
  ],
];

test.each(MALFORMED)("%s is refused in one sentence, in both languages", (_what, value, field, en, zh) => {
  expect(refused(value)).toEqual({ field, message: { "zh-CN": zh, en } });
});
