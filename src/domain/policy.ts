import type { ProductCode } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import type { BillingMode, OrderType } from "./order.ts";
import type { PartnerKind } from "./parties.ts";

/** The seller's rules as versioned data; every decision and every contract names the version that made it. */
export interface Policy {
  readonly version: number;
  readonly contractableOrderTypes: readonly OrderType[];
  readonly partnerKindsRefused: readonly PartnerKind[];
  readonly identityRequired: boolean;
  /** Domain services that may have a contract before they are paid (R16). */
  readonly domainServicesBeforePayment: readonly string[];
  /** How long an unpaid order with a contract is held: whole days after the day of the request (R8). */
  readonly holdDays: number;
}

/** A catalogue entry: which ways of billing it can be contracted by self-service; none means offline only (R2, R3). */
export interface Product {
  readonly code: ProductCode;
  readonly name: Localized;
  readonly selfService: readonly BillingMode[];
}

/** Exactly the rules of the product description. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  contractableOrderTypes: ["new", "renew", "upgrade"],
  partnerKindsRefused: ["distribution", "virtual_business", "integration", "consulting", "isv_solution"],
  identityRequired: true,
  domainServicesBeforePayment: [
    "registration",
    "renewal",
    "transfer_in",
    "redemption",
    "buyback",
    "buyback_zhiyu_hulian",
  ],
  holdDays: 30,
};

/** What the catalogue starts with (R2); domain names are in it because R16 lets some of their services request. */
export const DEFAULT_PRODUCTS: readonly Product[] = [
  entry("ecs", "云服务器 ECS", "Elastic Compute Service", ["subscription", "pay_as_you_go"]),
  entry("rds", "云数据库 RDS", "Managed relational database", ["subscription"]),
  entry("alimail", "企业邮箱", "Enterprise mail", ["subscription"]),
  entry("hichina_host", "云虚拟主机", "Virtual host", ["subscription"]),
  entry("cdn", "CDN 流量包", "CDN traffic plan", ["subscription"]),
  entry("oss", "对象存储 OSS 资源包", "OSS storage plan", ["subscription"]),
  entry("ddos", "DDoS 防护", "DDoS protection", ["subscription"]),
  entry("saf", "风险识别", "Anti-fraud", ["subscription"]),
  entry("domain", "域名服务", "Domain name service", ["subscription"]),
];

function entry(code: string, zh: string, en: string, selfService: readonly BillingMode[]): Product {
  return { code: code as ProductCode, name: { "zh-CN": zh, en }, selfService };
}
