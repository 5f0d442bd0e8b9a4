import type { Rules } from "../../api/policy.ts";
import type { PartnerKind } from "../catalogue/catalogue-words.ts";

export const CURRENCIES = [
  "CNY",
  "HKD",
  "USD",
  "EUR",
  "GBP",
  "SGD",
  "JPY",
  "KRW",
] as const satisfies readonly Currency[];
export type Currency = keyof NonNullable<Rules["voidAlone"]>;
type OrderType = Rules["contractableOrderTypes"][number];
export type BillingMode = Rules["selfServiceProducts"][string][number];

interface ProductEntry {
  readonly code: string;
  readonly modes: readonly BillingMode[];
}

/** The rules as their form has them: numbers as they are typed, and what is left open beside what is set. */
export interface RulesEntries {
  readonly products: readonly ProductEntry[];
  readonly orderTypes: readonly OrderType[];
  readonly partnerKinds: readonly PartnerKind[];
  readonly identityRequired: boolean;
  readonly domainProducts: readonly string[];
  readonly domainServices: readonly string[];
  readonly holdStart: Rules["hold"]["start"];
  readonly holdCount: Rules["hold"]["count"];
  readonly holdLength: string;
  readonly reissueAfterVoid: boolean;
  readonly billBasis: Rules["billFinality"]["basis"];
  readonly billDay: string;
  readonly voidAny: boolean;
  readonly voidAmounts: Readonly<Partial<Record<Currency, string>>>;
  readonly withoutTimestamp: Rules["withoutTimestamp"];
}

export function entriesOfRules(rules: Rules): RulesEntries {
  const { hold, billFinality, voidAlone } = rules;
  return {
    products: Object.entries(rules.selfServiceProducts).map(([code, modes]) => ({ code, modes })),
    orderTypes: rules.contractableOrderTypes,
    partnerKinds: rules.partnerKindsRefused,
    identityRequired: rules.identityRequired,
    domainProducts: rules.domainProducts,
    domainServices: rules.domainServicesBeforePayment,
    holdStart: hold.start,
    holdCount: hold.count,
    holdLength: String(hold.count === "days" ? hold.days : hold.hours),
    reissueAfterVoid: rules.reissueAfterVoid,
    billBasis: billFinality.basis,
    billDay: String(billFinality.expectedDay),
    voidAny: voidAlone === null,
    voidAmounts: voidAlone ?? {},
    withoutTimestamp: rules.withoutTimestamp,
  };
}

/** What is drafted; lists keep their order, so that nothing seems changed that is not. */
export function rulesOfEntries(entries: RulesEntries): Rules {
  const { holdStart: start, holdCount, holdLength, billBasis, billDay, voidAny, voidAmounts } = entries;
  const length = Number(holdLength);
  return {
    selfServiceProducts: Object.fromEntries(entries.products.map(({ code, modes }) => [code, [...modes]])),
    contractableOrderTypes: [...entries.orderTypes],
    partnerKindsRefused: [...entries.partnerKinds],
    identityRequired: entries.identityRequired,
    domainProducts: [...entries.domainProducts],
    domainServicesBeforePayment: [...entries.domainServices],
    hold: holdCount === "days" ? { start, count: "days", days: length } : { start, count: "hours", hours: length },
    reissueAfterVoid: entries.reissueAfterVoid,
    billFinality: { basis: billBasis, expectedDay: Number(billDay) },
    voidAlone: voidAny ? null : amountsGiven(voidAmounts),
    withoutTimestamp: entries.withoutTimestamp,
  };
}

function amountsGiven(amounts: RulesEntries["voidAmounts"]): NonNullable<Rules["voidAlone"]> {
  const given = CURRENCIES.map((currency) => [currency, amounts[currency]?.trim() ?? ""] as const);
  return Object.fromEntries(given.filter(([, amount]) => amount !== ""));
}

export const ORDER_TYPES: readonly OrderType[] = [
  ...(["new", "renew", "upgrade", "downgrade", "convert", "refund", "os_change", "trial", "other"] as const),
];
