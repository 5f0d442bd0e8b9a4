import { Type } from "typebox";
import { parseProductCode } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { add, type Currency, zero } from "../domain/money.ts";
import type { OrderLine, Term } from "../domain/order.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { isoOf } from "../domain/time.ts";
import { amountKind, faultOfAmounts, type LineAmounts, QUANTITY_KIND } from "./order-document-amounts.ts";
import { faultAt, missing } from "./order-document-faults.ts";
import {
  allOf,
  type Field,
  INSTANT,
  idKind,
  isAbsent,
  objectKind,
  optional,
  plainId,
  required,
  textKind,
} from "./order-document-fields.ts";
import { amountSchema, idSchema, instantSchema, orNull, textSchema } from "./order-document-schema.ts";

const LONGEST_NAME = 200;
export const LONGEST_DESCRIPTION = 2000;

export const OrderDocumentLine = Type.Object(
  {
    line: idSchema("Id of the line (sub-order), unique within the order."),
    product: idSchema("Product code as in the catalogue."),
    name: Type.Optional(
      orNull(
        Type.Object(
          {
            "zh-CN": textSchema(LONGEST_NAME, "Name in Chinese."),
            en: textSchema(LONGEST_NAME, "Name in English."),
          },
          { additionalProperties: false },
        ),
        "Name of what is sold, in both languages; left out, the catalogue's name of the product.",
      ),
    ),
    description: Type.Optional(
      orNull(
        Type.String({ maxLength: LONGEST_DESCRIPTION }),
        "The configuration bought, in words; line breaks become blanks.",
      ),
    ),
    quantity: Type.String({
      pattern: "^(?:0|[1-9]\\d{0,11})(?:\\.\\d{1,6})?$",
      description: 'A decimal above zero as text: "2", "0.5".',
    }),
    list: Type.Optional(orNull(amountSchema(), "Price before discounts; left out, total + discount.")),
    discount: Type.Optional(orNull(amountSchema(), 'What is taken off list; left out, "0".')),
    tax: Type.Optional(orNull(amountSchema(), 'The tax contained in total; left out, "0".')),
    total: amountSchema(
      "What is paid, tax included: list − discount, or list − discount + tax where list is without tax.",
    ),
    startsAt: Type.Optional(orNull(instantSchema(), "First instant of the term.")),
    endsAt: Type.Optional(orNull(instantSchema(), "End of the term, exclusive; left out, the term has no end.")),
  },
  { additionalProperties: false, description: "One line (sub-order) of an order." },
);

const LINE = objectKind(
  { "zh-CN": "订单行", en: "an order line" },
  Object.keys(OrderDocumentLine.properties) as (keyof typeof OrderDocumentLine.properties)[],
);
const NAME_OBJECT = objectKind({ "zh-CN": "中英文名称", en: 'a name with "zh-CN" and "en"' }, ["zh-CN", "en"]);
export const LINE_ID = idKind({ "zh-CN": "订单行的编号", en: "the id of the line" }, plainId);
export const PRODUCT = idKind({ "zh-CN": "产品代码", en: "the product code" }, parseProductCode);
const NAME_ZH = textKind({ "zh-CN": "中文名称", en: "the name in Chinese" }, LONGEST_NAME);
const NAME_EN = textKind({ "zh-CN": "英文名称", en: "the name in English" }, LONGEST_NAME);
const CONFIGURATION = { "zh-CN": "配置说明", en: "the configuration in words" };

export interface LineRules {
  readonly currency: Currency;
  /** True for orders that pay money back. */
  readonly mayBeNegative: boolean;
}

/** Reads one line; faults name the member, or `total` and `tax` where the amounts contradict each other. */
export function parseLine(field: Field, rules: LineRules): Result<OrderLine, InputFault> {
  const members = required(field, LINE);
  if (!members.ok) return members;
  const at = members.value;
  const line = allOf({
    line: required(at.line, LINE_ID),
    product: required(at.product, PRODUCT),
    name: parseName(at.name),
    description: parseDescription(at.description),
    quantity: required(at.quantity, QUANTITY_KIND),
    amounts: parseAmounts(field.path, at, rules),
    term: parseTerm(at.startsAt, at.endsAt),
  });
  if (!line.ok) return line;
  const { amounts, ...rest } = line.value;
  return succeed({ ...rest, ...amounts });
}

export function parseName(field: Field): Result<Localized | null, InputFault> {
  if (isAbsent(field)) return succeed(null);
  const members = NAME_OBJECT.read(field);
  if (!members.ok) return members;
  const { "zh-CN": zh, en } = members.value;
  return allOf<Localized>({ "zh-CN": required(zh, NAME_ZH), en: required(en, NAME_EN) });
}

/** An empty description is what an order without configuration has, so it is not refused as the other texts are. */
export function parseDescription(field: Field, expected: Localized = CONFIGURATION): Result<string, InputFault> {
  if (typeof field.value === "string" && field.value.trim() === "") return succeed("");
  const text = optional(field, textKind(expected, LONGEST_DESCRIPTION, true));
  return text.ok ? succeed(text.value ?? "") : text;
}

export function parseAmounts(
  path: string,
  at: { readonly [Name in "list" | "discount" | "tax" | "total"]: Field },
  { currency, mayBeNegative }: LineRules,
): Result<LineAmounts, InputFault> {
  const kind = amountKind(currency);
  const read = allOf({
    list: optional(at.list, kind),
    discount: optional(at.discount, kind),
    tax: optional(at.tax, kind),
    total: required(at.total, kind),
  });
  if (!read.ok) return read;
  const { total } = read.value;
  const discount = read.value.discount ?? zero(currency);
  const tax = read.value.tax ?? zero(currency);
  const list = read.value.list ?? add(total, discount);
  const amounts = { list, discount, tax, total };
  const fault = faultOfAmounts(path, amounts, mayBeNegative);
  return fault ? fail(fault) : succeed(amounts);
}

function parseTerm(starts: Field, ends: Field): Result<Term | null, InputFault> {
  const instants = allOf({ startsAt: optional(starts, INSTANT), endsAt: optional(ends, INSTANT) });
  if (!instants.ok) return instants;
  const { startsAt, endsAt } = instants.value;
  if (startsAt === null) {
    if (endsAt === null) return succeed(null);
    return fail(
      missing(starts.path, { "zh-CN": "与 endsAt 对应的开始时刻", en: "the instant at which the term starts" }),
    );
  }
  if (endsAt !== null && endsAt <= startsAt) {
    return fail(
      faultAt(ends.path, {
        "zh-CN": `“${isoOf(endsAt)}”不晚于 startsAt（${isoOf(startsAt)}），请更正两者之一。`,
        en: `"${isoOf(endsAt)}" is not after startsAt (${isoOf(startsAt)}); correct one of the two.`,
      }),
    );
  }
  return succeed({ startsAt, endsAt });
}
