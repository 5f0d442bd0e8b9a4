import type { AccountInput } from "./application/put-parties.ts";
import { enterprise } from "./demo-builders.ts";
import type { AccountId, PartnerId, SellerId } from "./domain/identifiers.ts";
import type { Localized } from "./domain/localized.ts";
import type { Identity, Partner, Seller } from "./domain/parties.ts";
import type { SealDesign } from "./domain/seal-design.ts";
import type { TimeZone } from "./domain/time.ts";

/** Companies of the demonstration; none of them exists, and their names say so. */
export const DEMO_SELLER: Omit<Seller, "canSeal" | "quotaLeft" | "wording"> = {
  id: "demo-cloud" as SellerId,
  legalName: { "zh-CN": "杭州示例云计算有限公司", en: "Hangzhou Example Cloud Computing Co., Ltd." },
  registrationNumber: "91330100DEMO000001",
  address: { "zh-CN": "浙江省杭州市西湖区示例路1号", en: "1 Shili Road, Xihu District, Hangzhou, Zhejiang, China" },
  contact: "contracts@cloud.example",
  numberPrefix: "DEMO",
  timeZone: "Asia/Shanghai" as TimeZone,
  seal: sealNumbered("3301060000001"),
};

export const DEMO_MARKETPLACE_SELLER: Omit<Seller, "canSeal" | "quotaLeft" | "wording"> = {
  id: "demo-software" as SellerId,
  legalName: { "zh-CN": "上海示例软件有限公司", en: "Shanghai Example Software Co., Ltd." },
  registrationNumber: "91310100DEMO000002",
  address: { "zh-CN": "上海市徐汇区示例街2号", en: "2 Shili Street, Xuhui District, Shanghai, China" },
  contact: "sales@software.example",
  numberPrefix: "SHSW",
  timeZone: "Asia/Shanghai" as TimeZone,
  seal: sealNumbered("3101040000002"),
};

/** Has no seal key: its orders are referred to the marketplace desk (R18). */
export const DEMO_SELLER_WITHOUT_SEAL: Omit<Seller, "canSeal" | "quotaLeft" | "wording"> = {
  id: "demo-noseal" as SellerId,
  legalName: { "zh-CN": "北京无章示例网络有限公司", en: "Beijing Sealless Example Network Co., Ltd." },
  registrationNumber: "91110100DEMO000003",
  address: { "zh-CN": "北京市海淀区示例大街3号", en: "3 Shili Avenue, Haidian District, Beijing, China" },
  contact: "hello@sealless.example",
  numberPrefix: "BJWZ",
  timeZone: "Asia/Shanghai" as TimeZone,
  seal: sealNumbered("1101080000003"),
};

export const DEMO_PARTNER: Partner = {
  id: "demo-partner" as PartnerId,
  kind: "distribution",
  name: "广州示例渠道有限公司",
  contact: "020-00000000",
};

export interface DemoAccount extends AccountInput {
  /** What the account shows, for the sign-in page. */
  readonly note: Localized;
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  account("demo-enterprise", enterprise("深圳示例智造有限公司", "Shenzhen Example Manufacturing Co., Ltd."), {
    "zh-CN": "已实名认证的企业：可申请合同的订单、按量付费、未付款、不支持自助的产品",
    en: "A verified enterprise: orders that can be contracted, pay-as-you-go, unpaid, and products that are not self-service",
  }),
  account("demo-domains", enterprise("成都示例传媒有限公司", "Chengdu Example Media Co., Ltd."), {
    "zh-CN": "域名订单：哪些可在付款前申请合同，哪些只能打印业务清单；另有云市场订单",
    en: "Domain orders: which can be contracted before payment and which cannot; and marketplace orders",
  }),
  account(
    "demo-unverified",
    { state: "unverified" },
    {
      "zh-CN": "尚未实名认证的账号：申请合同前须先完成认证",
      en: "An account that is not verified: identity comes before any contract",
    },
  ),
  {
    ...account("demo-partner-customer", enterprise("武汉示例教育有限公司", "Wuhan Example Education Co., Ltd."), {
      "zh-CN": "由生态合作伙伴服务的账号：合同由合作伙伴提供",
      en: "An account served by an ecosystem partner, who provides its contracts",
    }),
    servedBy: DEMO_PARTNER.id,
  },
];

/** Thirteen digits, as public security bureaus number seals: the place's six and a running number. */
function sealNumbered(number: string): SealDesign {
  return { number, caption: "合同专用章", logo: "", riding: true };
}

function account(id: string, identity: Identity, note: Localized): DemoAccount {
  return { id: id as AccountId, identity, servedBy: null, note };
}
