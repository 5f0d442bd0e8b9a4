import type { Partner, Product } from "../../api/catalogue.ts";
import type { Words } from "../words.ts";

export type PartnerKind = Partner["kind"];
export type BillingMode = Product["selfService"][number];

export const PARTNER_KIND_WORDS = {
  distribution: { "zh-CN": "分销伙伴", en: "Distribution partner" },
  virtual_business: { "zh-CN": "虚商伙伴", en: "Virtual business partner" },
  integration: { "zh-CN": "集成伙伴", en: "Integration partner" },
  consulting: { "zh-CN": "咨询伙伴", en: "Consulting partner" },
  isv_solution: { "zh-CN": "ISV 解决方案伙伴", en: "ISV solution partner" },
} as const satisfies Words & Record<PartnerKind, unknown>;

export const PARTNER_KINDS: readonly PartnerKind[] = Object.keys(PARTNER_KIND_WORDS).filter(isPartnerKind);

export function isPartnerKind(text: string): text is PartnerKind {
  return Object.hasOwn(PARTNER_KIND_WORDS, text);
}

export const BILLING_MODES = ["subscription", "pay_as_you_go"] as const satisfies readonly BillingMode[];
