import { Type } from "typebox";
import type { BillLine } from "../domain/bill.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Currency } from "../domain/money.ts";
import { type Result, succeed } from "../domain/result.ts";
import { amountKind } from "./order-document-amounts.ts";
import { allOf, type Field, objectKind, required } from "./order-document-fields.ts";
import {
  LINE_ID,
  LONGEST_DESCRIPTION,
  OrderDocumentLine,
  PRODUCT,
  parseAmounts,
  parseDescription,
  parseName,
} from "./order-document-line.ts";
import { amountSchema, idSchema, orNull } from "./order-document-schema.ts";

const { product, name, list, discount, total } = OrderDocumentLine.properties;

export const BillDocumentLine = Type.Object(
  {
    line: idSchema("Id of the line, unique within the bill."),
    product,
    name,
    description: Type.Optional(
      orNull(Type.String({ maxLength: LONGEST_DESCRIPTION }), "What was used, in words; line breaks become blanks."),
    ),
    list,
    discount,
    tax: amountSchema('The tax contained in total; "0.00" where there is none.'),
    total,
  },
  { additionalProperties: false, description: "One charge of the month; a refund is below zero." },
);

const LINE = objectKind(
  { "zh-CN": "账单行", en: "a bill line" },
  Object.keys(BillDocumentLine.properties) as (keyof typeof BillDocumentLine.properties)[],
);
const USAGE = { "zh-CN": "用量说明", en: "what was used, in words" };

/** Reads one charge; faults name the member, or `total` and `tax` where the amounts contradict each other. */
export function parseBillLine(field: Field, currency: Currency): Result<BillLine, InputFault> {
  const members = required(field, LINE);
  if (!members.ok) return members;
  const at = members.value;
  const line = allOf({
    line: required(at.line, LINE_ID),
    product: required(at.product, PRODUCT),
    name: parseName(at.name),
    description: parseDescription(at.description, USAGE),
    tax: required(at.tax, amountKind(currency)),
    amounts: parseAmounts(field.path, at, { currency, mayBeNegative: true }),
  });
  if (!line.ok) return line;
  const { amounts, ...rest } = line.value;
  return succeed({ ...rest, ...amounts });
}
