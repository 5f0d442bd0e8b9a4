import type { Words } from "../words.ts";

/** Which orders the contracts of a family of templates are on. */
export const TEMPLATE_NOTES = {
  order: {
    "zh-CN": "包年包月等预付费产品的直营订单",
    en: "Orders that are bought for a term or once, directly from the seller",
  },
  "pay-as-you-go": {
    "zh-CN": "按量付费订单，合同不载明金额",
    en: "Orders that are charged by use; their contracts state no amount",
  },
  domain: { "zh-CN": "域名注册、续费、转入等域名服务订单", en: "Orders of services for a domain name" },
  marketplace: {
    "zh-CN": "云市场订单，由入驻卖方签章",
    en: "Orders through the marketplace, sealed by the independent seller",
  },
  bill: { "zh-CN": "已出账的月度账单", en: "A month’s bill, once it is final" },
} as const satisfies Words;
