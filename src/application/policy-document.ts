import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { InputFault } from "../domain/input-fault.ts";
import { CURRENCIES } from "../domain/money.ts";
import { ORDER_TYPES } from "../domain/order.ts";
import { PARTNER_KINDS } from "../domain/parties.ts";
import type { PolicyBody } from "../domain/policy.ts";
import { fail, type Result, succeed } from "../domain/result.ts";

const strict = { additionalProperties: false };
const Code = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" });
const Codes = Type.Array(Code, { maxItems: 1000, uniqueItems: true });
const Billing = Type.Union([Type.Literal("subscription"), Type.Literal("pay_as_you_go")]);
const Amount = Type.String({ pattern: "^\\d{1,15}(\\.\\d{1,2})?$", description: "An exact decimal" });
const Start = Type.Union([Type.Literal("request"), Type.Literal("order")]);

/** The rules as data, without their version number: what is drafted and published. Every setting is named. */
export const PolicyDocument = Type.Object(
  {
    selfServiceProducts: Type.Record(Code, Type.Array(Billing, { maxItems: 2, uniqueItems: true }), {
      maxProperties: 10_000,
      description: "Product code to the ways of billing that can be contracted by self-service (R2, R3)",
    }),
    contractableOrderTypes: Type.Array(Type.Union(ORDER_TYPES.map((type) => Type.Literal(type))), {
      uniqueItems: true,
    }),
    partnerKindsRefused: Type.Array(Type.Union(PARTNER_KINDS.map((kind) => Type.Literal(kind))), {
      uniqueItems: true,
      description: "R19",
    }),
    identityRequired: Type.Boolean({ description: "R6" }),
    domainProducts: Type.Unsafe<string[]>({ ...Codes, description: "Products whose orders are domain orders (R15)" }),
    domainServicesBeforePayment: Type.Unsafe<string[]>({ ...Codes, description: "R16" }),
    hold: Type.Union(
      [
        Type.Object(
          { start: Start, count: Type.Literal("days"), days: Type.Integer({ minimum: 1, maximum: 3650 }) },
          strict,
        ),
        Type.Object(
          { start: Start, count: Type.Literal("hours"), hours: Type.Integer({ minimum: 1, maximum: 87_600 }) },
          strict,
        ),
      ],
      { description: "How long an unpaid order is held (R8)" },
    ),
    reissueAfterVoid: Type.Boolean({ description: "R4" }),
    billFinality: Type.Object(
      {
        basis: Type.Union([Type.Literal("final_report"), Type.Literal("calendar")]),
        expectedDay: Type.Integer({ minimum: 1, maximum: 28 }),
      },
      { ...strict, description: "R13" },
    ),
    voidAlone: Type.Unsafe<PolicyBody["voidAlone"]>(
      Type.Union(
        [
          Type.Partial(
            Type.Object(Object.fromEntries(CURRENCIES.map((currency) => [currency, Amount])), strict),
            strict,
          ),
          Type.Null(),
        ],
        { description: "Up to which amount one person voids a contract alone; null: any (R22)" },
      ),
    ),
    withoutTimestamp: Type.Union([Type.Literal("wait"), Type.Literal("refuse")], {
      description: "While the timestamp authority gives no timestamp that holds: the contract waits, or is refused",
    }),
  },
  strict,
);
export type PolicyDocument = Static<typeof PolicyDocument>;

/** Reads rules strictly: an unknown or missing setting is named, because a rule that nobody reads would surprise. */
export function parsePolicyDocument(value: unknown): Result<PolicyBody, InputFault> {
  if (Value.Check(PolicyDocument, value)) return succeed(value);
  const errors = [...Value.Errors(PolicyDocument, value)];
  const depth = ({ instancePath }: { instancePath: string }): number => instancePath.split("/").length;
  const deepest = errors.toSorted((left, right) => depth(right) - depth(left))[0];
  const path = (deepest?.instancePath ?? "").split("/").filter(Boolean).join(".");
  const named = path === "" ? namedIn(value) : path;
  const field = named === "" ? "policy" : named;
  return fail({
    field,
    message: {
      "zh-CN": `${field}：不符合规则格式（缺少、多余或取值有误），请参照 orderseal policy show --json 的输出修改。`,
      en: `${field}: is not as rules are written (${deepest?.message ?? "not valid"}); compare it with orderseal policy show --json.`,
    },
  });
}

/** The first setting that is missing or not known. */
function namedIn(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  const known = Object.keys(PolicyDocument.properties);
  return known.find((key) => !(key in value)) ?? Object.keys(value).find((key) => !known.includes(key)) ?? "";
}
