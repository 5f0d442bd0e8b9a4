import type { ProductCode } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import type { Currency } from "./money.ts";
import type { BillingMode, OrderType } from "./order.ts";
import type { PartnerKind } from "./parties.ts";

/** How long an unpaid order with a contract is held (R8), in the seller's time zone. */
export type HoldRule = {
  /** What the time runs from: the request of the contract, or the placing of the order. */
  readonly start: "request" | "order";
} & (
  | {
      readonly count: "days" /** Whole days after the day of the start, which is not counted. */;
      readonly days: number;
    }
  | { readonly count: "hours" /** From the very instant of the start. */; readonly hours: number }
);

/** From when a month's bill can have a contract (R13). */
export interface BillFinality {
  /** `final_report`: once its source reports it final. `calendar`: also once the expected day has come. */
  readonly basis: "final_report" | "calendar";
  /** Day of the following month, 1 to 28, at whose start bills are expected to be final; in the seller's time zone. */
  readonly expectedDay: number;
}

/** The seller's rules as versioned data; every decision and every contract names the version that made it. */
export interface Policy {
  readonly version: number;
  /** In which ways of billing a product can be contracted by self-service; what is not named cannot (R2, R3). */
  readonly selfServiceProducts: Readonly<Record<string, readonly BillingMode[]>>;
  readonly contractableOrderTypes: readonly OrderType[];
  readonly partnerKindsRefused: readonly PartnerKind[];
  readonly identityRequired: boolean;
  /** Products whose orders are domain orders (R15). */
  readonly domainProducts: readonly string[];
  /** Domain services that may have a contract before they are paid (R16). */
  readonly domainServicesBeforePayment: readonly string[];
  readonly hold: HoldRule;
  /** Whether an order may have a new contract in place of one that the desk has voided (R4). */
  readonly reissueAfterVoid: boolean;
  readonly billFinality: BillFinality;
  /**
   * Up to which amount, by currency, one person of the desk voids a contract alone (R22): above, in a currency that is not
   * named, and where the contract states no amount, it takes two. Null: one will always do.
   */
  readonly voidAlone: Readonly<Partial<Record<Currency, string>>> | null;
  /**
   * What becomes of a request while the timestamp authority gives no timestamp that holds: its contract waits for one,
   * or the request is refused. Never a contract without. Means nothing where no authority is configured.
   */
  readonly withoutTimestamp: "wait" | "refuse";
}

/** What a version says, without its number: the number is given when it is published. */
export type PolicyBody = Omit<Policy, "version">;

/** A catalogue entry: what a product is called. Whether it is self-service is the policy's to say (R2). */
export interface Product {
  readonly code: ProductCode;
  readonly name: Localized;
}

/** Whether orders of the product can be contracted by self-service in this way of billing (R2, R3). */
export function isSelfService(policy: Policy, product: ProductCode, billing: BillingMode): boolean {
  const offered = policy.selfServiceProducts;
  return Object.hasOwn(offered, product) && (offered[product]?.includes(billing) ?? false);
}

/** Exactly the rules of the product description. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  selfServiceProducts: {
    ecs: ["subscription", "pay_as_you_go"],
    rds: ["subscription"],
    alimail: ["subscription"],
    hichina_host: ["subscription"],
    cdn: ["subscription"],
    oss: ["subscription"],
    ddos: ["subscription"],
    saf: ["subscription"],
    domain: ["subscription"],
  },
  contractableOrderTypes: ["new", "renew", "upgrade"],
  partnerKindsRefused: ["distribution", "virtual_business", "integration", "consulting", "isv_solution"],
  identityRequired: true,
  domainProducts: ["domain"],
  domainServicesBeforePayment: [
    "registration",
    "renewal",
    "transfer_in",
    "redemption",
    "buyback",
    "buyback_zhiyu_hulian",
  ],
  hold: { start: "request", count: "days", days: 30 },
  reissueAfterVoid: false,
  billFinality: { basis: "final_report", expectedDay: 4 },
  voidAlone: { CNY: "100000.00", HKD: "100000.00", USD: "15000.00", EUR: "15000.00" },
  withoutTimestamp: "wait",
};

/** What the catalogue starts with (R2); domain names are in it because R16 lets some of their services request. */
export const DEFAULT_PRODUCTS: readonly Product[] = [
  entry("ecs", "云服务器 ECS", "Elastic Compute Service"),
  entry("rds", "云数据库 RDS", "Managed relational database"),
  entry("alimail", "企业邮箱", "Enterprise mail"),
  entry("hichina_host", "云虚拟主机", "Virtual host"),
  entry("cdn", "CDN 流量包", "CDN traffic plan"),
  entry("oss", "对象存储 OSS 资源包", "OSS storage plan"),
  entry("ddos", "DDoS 防护", "DDoS protection"),
  entry("saf", "风险识别", "Anti-fraud"),
  entry("domain", "域名服务", "Domain name service"),
];

function entry(code: string, zh: string, en: string): Product {
  return { code: code as ProductCode, name: { "zh-CN": zh, en } };
}
