import { type Static, Type } from "typebox";
import { type Bill, type BillCycle, parseBillCycle } from "../domain/bill.ts";
import { type AccountId, parseAccountId, parseSellerId, type SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { CURRENCIES } from "../domain/money.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { BillDocumentLine, parseBillLine } from "./bill-document-line.ts";
import { excerptOf, faultAt } from "./order-document-faults.ts";
import {
  allOf,
  choiceKind,
  type Field,
  idKind,
  type Kind,
  objectKind,
  optional,
  required,
  textual,
} from "./order-document-fields.ts";
import { type LinesOwner, MOST_LINES, parseLines } from "./order-document-lines.ts";
import { idSchema, orNull } from "./order-document-schema.ts";

const STATES = ["open", "final"] as const satisfies readonly Bill["state"][];

/** Orderseal's own format of a month's bill: what PUT takes. The address names the account and the cycle. */
export const BillDocument = Type.Object(
  {
    account: Type.Optional(orNull(idSchema("Account id."), "The customer's account id, as the address has it.")),
    cycle: Type.Optional(
      orNull(
        Type.String({ pattern: "^(19[7-9]\\d|[2-9]\\d{3})-(0[1-9]|1[0-2])$", description: "YYYY-MM." }),
        "The month of the bill, as the address has it.",
      ),
    ),
    state: Type.Enum([...STATES], {
      type: "string",
      description: "open = may still change; final = complete, and never changes again.",
    }),
    seller: Type.Optional(orNull(idSchema("Seller id."), "Who sells; left out, the platform's default seller.")),
    currency: Type.Enum([...CURRENCIES], { type: "string", description: "ISO 4217 code of all amounts." }),
    lines: Type.Array(BillDocumentLine, { minItems: 1, maxItems: MOST_LINES, description: "What is charged." }),
  },
  { additionalProperties: false, description: "What one account owes for one month." },
);
export type BillDocument = Static<typeof BillDocument>;

export interface BillDocumentDefaults {
  /** The account and the cycle that the address names; a document that names others is refused. */
  readonly account: AccountId;
  readonly cycle: BillCycle;
  readonly seller: SellerId;
}

const BILL = objectKind(
  { "zh-CN": "账单", en: "a bill" },
  Object.keys(BillDocument.properties) as (keyof typeof BillDocument.properties)[],
);
const THE_ACCOUNT = { "zh-CN": "客户账号", en: "account" };
const THE_CYCLE = { "zh-CN": "账期", en: "cycle" };
const ACCOUNT_ID = idKind({ "zh-CN": "客户账号", en: "the customer's account id" }, parseAccountId);
const SELLER_ID = idKind({ "zh-CN": "卖方编号", en: "the seller's id" }, parseSellerId);
const STATE = choiceKind(STATES);
const CURRENCY = choiceKind(CURRENCIES);
const A_CYCLE = { "zh-CN": '账期，例如 "2026-10"', en: 'a month such as "2026-10"' };
const LINES_OWNER: LinesOwner = {
  name: { "zh-CN": "一份账单", en: "a bill" },
  list: { "zh-CN": `由 1 至 ${MOST_LINES} 个账单行组成的列表`, en: `a list of 1 to ${MOST_LINES} lines` },
  tooMany: { "zh-CN": "合并同一产品的行", en: "merge lines of the same product" },
  tooLarge: { "zh-CN": "请检查位数", en: "check the digits" },
};

/** "2026-10", as `parseBillCycle` reads it. */
const BILL_CYCLE: Kind<BillCycle> = textual(A_CYCLE, ({ path }, text) => {
  const cycle = parseBillCycle(text);
  if (cycle !== null) return succeed(cycle);
  return fail(
    faultAt(path, {
      "zh-CN": `“${excerptOf(text)}”不是 1970 至 9999 年间的账期，请按 2026-10 的格式填写。`,
      en: `"${excerptOf(text)}" is not a month between 1970 and 9999; write it like "2026-10".`,
    }),
  );
});

/** Reads a document of any origin; the fault is the first one in the order of the format, one sentence per language. */
export function parseBillDocument(value: unknown, defaults: BillDocumentDefaults): Result<Bill, InputFault> {
  const members = required({ path: "", value }, BILL);
  if (!members.ok) return members;
  const at = members.value;
  const head = allOf({
    account: asAddressed(at.account, ACCOUNT_ID, defaults.account, THE_ACCOUNT),
    cycle: asAddressed(at.cycle, BILL_CYCLE, defaults.cycle, THE_CYCLE),
    state: required(at.state, STATE),
    seller: optional(at.seller, SELLER_ID),
    currency: required(at.currency, CURRENCY),
  });
  if (!head.ok) return head;
  const { currency, seller } = head.value;
  const lines = parseLines(at.lines, currency, LINES_OWNER, (line) => parseBillLine(line, currency));
  if (!lines.ok) return lines;
  return succeed({ ...head.value, seller: seller ?? defaults.seller, lines: lines.value });
}

/** What the address says, which the document may repeat but not contradict. */
function asAddressed<Value extends string>(
  field: Field,
  kind: Kind<Value>,
  addressed: Value,
  what: Localized,
): Result<Value, InputFault> {
  const said = optional(field, kind);
  if (!said.ok) return said;
  if (said.value === null || said.value === addressed) return succeed(addressed);
  return fail(
    faultAt(field.path, {
      "zh-CN": `“${excerptOf(said.value)}”与地址中的${what["zh-CN"]}“${addressed}”不一致，请更正或删去此项。`,
      en: `"${excerptOf(said.value)}" is not the ${what.en} that the address names ("${addressed}"); correct it or leave it out.`,
    }),
  );
}
