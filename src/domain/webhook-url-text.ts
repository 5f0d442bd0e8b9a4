import type { Localized } from "./localized.ts";
import type { WebhookUrlFault } from "./webhook-url.ts";

/** Why nothing will be sent to an address, with the way out. */
export function webhookUrlFaultText(fault: WebhookUrlFault): Localized {
  return TEXT[fault];
}

const TEXT = {
  not_a_url: {
    "zh-CN": "回调地址须为以 https:// 开头的完整网址，且不超过 2000 个字符。",
    en: "The address must be a whole https:// address of at most 2000 characters.",
  },
  credentials_in_url: {
    "zh-CN": "回调地址中不得包含用户名或密码；请以签名核验请求来源。",
    en: "The address must be without user and password; who sends is told by the signature.",
  },
  port_refused: {
    "zh-CN": "回调地址的端口须为 443、80 或不小于 1024 的端口。",
    en: "The port of the address must be 443, 80, or 1024 and above.",
  },
  plain_http: {
    "zh-CN": "回调地址须使用 https；仅 ORDERSEAL_WEBHOOK_NETWORKS 允许的网络可使用 http。",
    en: "The address must be https; http is for networks that ORDERSEAL_WEBHOOK_NETWORKS allows.",
  },
  address_refused: {
    "zh-CN":
      "该主机名指向内网或保留地址，不予推送；确需使用的，请由运维人员在 ORDERSEAL_WEBHOOK_NETWORKS 中放行该网段。",
    en: "The host leads to a private or reserved address; where that is meant, let the operator allow its network in ORDERSEAL_WEBHOOK_NETWORKS.",
  },
  unresolvable: {
    "zh-CN": "无法解析该主机名，请核对拼写，或稍后重试。",
    en: "The host name has no address; check its spelling, or try again later.",
  },
} as const satisfies Record<WebhookUrlFault, Localized>;
