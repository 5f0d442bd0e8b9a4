import type { Localized } from "./localized.ts";

/** Services around domain names that sources name; policy data may name others, which are printed as they are called. */
const DOMAIN_SERVICES: Readonly<Record<string, Localized>> = {
  registration: { "zh-CN": "域名注册", en: "domain registration" },
  renewal: { "zh-CN": "域名续费", en: "domain renewal" },
  transfer_in: { "zh-CN": "域名转入", en: "domain transfer-in" },
  redemption: { "zh-CN": "域名赎回", en: "domain redemption" },
  buyback: { "zh-CN": "域名回购", en: "domain buyback" },
  buyback_zhiyu_hulian: { "zh-CN": "域名回购（智域互联）", en: "domain buyback (Zhiyu Hulian)" },
  auction: { "zh-CN": "域名竞价", en: "domain auction" },
  backorder: { "zh-CN": "域名预订", en: "domain backorder" },
  fixed_price: { "zh-CN": "域名一口价", en: "fixed-price domain" },
};

/** The service in words; one that is not known by name is called as its source calls it. */
export function domainServiceText(service: string): Localized {
  return (
    (Object.hasOwn(DOMAIN_SERVICES, service) ? DOMAIN_SERVICES[service] : undefined) ?? {
      "zh-CN": service,
      en: service,
    }
  );
}
