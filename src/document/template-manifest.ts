import type { TemplateName } from "../domain/contract-template.ts";

/** One version of one template. What has been requested under it is drawn by it for ever (R7): it is never edited so
 * that a document of it would change; a new look is a new version beside it. */
export interface TemplateVersion {
  /** The Typst file to compile, below `templates/`. */
  readonly entry: string;
  /** The directory of the parts that it draws with, below `templates/`; versions share one while they look alike. */
  readonly library: string;
  /** What the document is, for people who choose among templates. */
  readonly title: { readonly "zh-CN": string; readonly en: string };
  /** The part of the snapshot that the document is about. */
  readonly draws: "order" | "bill" | "checklist";
}

/** The template of every contract, by the name that its snapshot is frozen with. */
export const CONTRACT_TEMPLATES = {
  "order/1": {
    entry: "order/1.typ",
    library: "library/1",
    title: { "zh-CN": "产品与服务订购合同", en: "Purchase Contract for Products and Services" },
    draws: "order",
  },
  "pay-as-you-go/1": {
    entry: "pay-as-you-go/1.typ",
    library: "library/1",
    title: { "zh-CN": "按量付费服务合同", en: "Pay-as-you-go Service Contract" },
    draws: "order",
  },
  "domain/1": {
    entry: "domain/1.typ",
    library: "library/1",
    title: { "zh-CN": "域名服务合同", en: "Domain Name Service Contract" },
    draws: "order",
  },
  "marketplace/1": {
    entry: "marketplace/1.typ",
    library: "library/1",
    title: { "zh-CN": "云市场商品订购合同", en: "Marketplace Purchase Contract" },
    draws: "order",
  },
  "bill/1": {
    entry: "bill/1.typ",
    library: "library/1",
    title: { "zh-CN": "月度账单服务合同", en: "Service Contract for a Monthly Bill" },
    draws: "bill",
  },
} as const satisfies Record<TemplateName, TemplateVersion>;

/** A checklist is printed anew each time and kept by nobody, so only its newest version is needed (R15). */
export const CHECKLIST_TEMPLATE = {
  entry: "checklist/1.typ",
  library: "library/1",
  title: { "zh-CN": "业务清单", en: "Business Checklist" },
  draws: "checklist",
} as const satisfies TemplateVersion;
