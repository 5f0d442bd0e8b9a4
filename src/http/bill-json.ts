import { type Static, Type } from "typebox";
import type { DecidedBill } from "../application/show-bills.ts";
import { totalOfBill } from "../domain/bill.ts";
import type { ProductCode } from "../domain/identifiers.ts";
import type { Language } from "../domain/localized.ts";
import { decimalOf } from "../domain/money.ts";
import type { Product } from "../domain/policy.ts";
import { decisionJson } from "./decision-json.ts";
import { contractPart } from "./order-json.ts";
import { Decimal, Localized, WaitingSchema } from "./schema-parts.ts";
import type { DecisionJson, OrderJson } from "./schemas.ts";

export const BillSchema = Type.Object(
  {
    account: Type.String(),
    cycle: Type.String({ description: "The month, as 2026-10" }),
    state: Type.String({ description: "open or final" }),
    seller: Type.String(),
    sellerName: Type.String({ description: "In the reader's language, as on orders" }),
    timeZone: Type.String({ description: "The seller's: the one to show times in" }),
    currency: Type.String(),
    total: Decimal,
    lines: Type.Array(
      Type.Object({
        line: Type.String(),
        product: Type.String(),
        name: Localized,
        description: Type.String(),
        list: Decimal,
        discount: Decimal,
        tax: Decimal,
        total: Decimal,
      }),
    ),
    contract: Type.Unsafe<OrderJson["contract"]>(
      Type.Union([
        Type.Object({
          number: Type.String(),
          state: Type.String(),
          standing: Type.String(),
          holdUntil: Type.Union([Type.String(), Type.Null()]),
          waitingFor: WaitingSchema,
        }),
        Type.Null(),
      ]),
    ),
    decision: Type.Unsafe<DecisionJson>(Type.Ref("Decision")),
  },
  { $id: "Bill" },
);
type BillJson = Static<typeof BillSchema>;

export function billJson(
  { bill, seller, contract, standing, decision }: DecidedBill,
  products: ReadonlyMap<ProductCode, Product>,
  language: Language,
): BillJson {
  return {
    account: bill.account,
    cycle: bill.cycle,
    state: bill.state,
    seller: bill.seller,
    sellerName: seller.legalName[language],
    timeZone: seller.timeZone,
    currency: bill.currency,
    total: decimalOf(totalOfBill(bill)),
    lines: bill.lines.map(({ line, product, name, description, list, discount, tax, total }) => ({
      line,
      product,
      name: { ...(name ?? products.get(product)?.name ?? { "zh-CN": product, en: product }) },
      description,
      list: decimalOf(list),
      discount: decimalOf(discount),
      tax: decimalOf(tax),
      total: decimalOf(total),
    })),
    contract: contract && standing && contractPart(contract, standing, language),
    decision: decisionJson(decision, seller.timeZone, language),
  };
}
