import { domainServiceText } from "../domain/domain-service.ts";
import type { Localized } from "../domain/localized.ts";
import type { Currency } from "../domain/money.ts";
import type { BillingMode, OrderType } from "../domain/order.ts";

const ORDER_TYPES = {
  new: { "zh-CN": "新购", en: "New purchase" },
  renew: { "zh-CN": "续费", en: "Renewal" },
  upgrade: { "zh-CN": "升级", en: "Upgrade" },
  downgrade: { "zh-CN": "降配", en: "Downgrade" },
  convert: { "zh-CN": "计费方式变更", en: "Change of billing" },
  refund: { "zh-CN": "退款", en: "Refund" },
  os_change: { "zh-CN": "更换操作系统", en: "Change of operating system" },
  trial: { "zh-CN": "试用", en: "Trial" },
  other: { "zh-CN": "其他", en: "Other" },
} as const satisfies Record<OrderType, Localized>;

const BILLING_MODES = {
  subscription: { "zh-CN": "包年包月", en: "Subscription" },
  pay_as_you_go: { "zh-CN": "按量付费", en: "Pay-as-you-go" },
} as const satisfies Record<BillingMode, Localized>;

const CURRENCY_NAMES = {
  CNY: { "zh-CN": "人民币元", en: "Chinese yuan" },
  USD: { "zh-CN": "美元", en: "US dollars" },
  EUR: { "zh-CN": "欧元", en: "euros" },
  GBP: { "zh-CN": "英镑", en: "pounds sterling" },
  HKD: { "zh-CN": "港元", en: "Hong Kong dollars" },
  SGD: { "zh-CN": "新加坡元", en: "Singapore dollars" },
  JPY: { "zh-CN": "日元", en: "Japanese yen" },
  KRW: { "zh-CN": "韩元", en: "Korean won" },
} as const satisfies Record<Currency, Localized>;

/** "新购 · 包年包月": what kind of order it is, in both languages. */
export function orderKindText(type: string, billing: string): Localized {
  const [kind, mode] = [nameIn(ORDER_TYPES, type), nameIn(BILLING_MODES, billing)];
  return { "zh-CN": `${kind["zh-CN"]} · ${mode["zh-CN"]}`, en: `${kind.en} · ${mode.en}` };
}

/** The service as it stands alone ("Domain renewal"); one that is not known by name stays as its source calls it. */
export function domainServiceName(service: string): Localized {
  const text = domainServiceText(service);
  if (text.en === service) return text;
  return { ...text, en: text.en.charAt(0).toUpperCase() + text.en.slice(1) };
}

/** "人民币元（CNY）", "Chinese yuan (CNY)". */
export function currencyText(code: string): Localized {
  const name = nameIn(CURRENCY_NAMES, code);
  return { "zh-CN": `${name["zh-CN"]}（${code}）`, en: `${name.en} (${code})` };
}

function nameIn(names: Readonly<Record<string, Localized>>, key: string): Localized {
  return (Object.hasOwn(names, key) ? names[key] : undefined) ?? { "zh-CN": key, en: key };
}
