import type { NewApiKey } from "../api/api-keys.ts";
import type { Words } from "./words.ts";

type Scope = NonNullable<NewApiKey["scopes"]>[number];

/** What a machine's key may be given, and what that lets it do. */
export const SCOPE_WORDS = {
  "orders:read": {
    "zh-CN": "查看订单、账单及判定结果，预览合同",
    en: "See orders and bills with their decisions, previews",
  },
  "orders:write": { "zh-CN": "上报订单和账单", en: "Report orders and bills" },
  "accounts:read": {
    "zh-CN": "查看客户账号及其实名认证信息",
    en: "See customer accounts and their verified identities",
  },
  "accounts:write": {
    "zh-CN": "登记客户账号及其实名认证信息",
    en: "Name customer accounts and their verified identities",
  },
  "catalogue:read": {
    "zh-CN": "查看产品、卖方与合作伙伴",
    en: "See products, sellers and partners",
  },
  "catalogue:write": { "zh-CN": "维护产品目录与合作伙伴", en: "Keep the catalogue of products, and partners" },
  "sellers:write": { "zh-CN": "维护卖方资料", en: "Keep the records of sellers" },
  "contracts:read": { "zh-CN": "查看和下载合同", en: "See and download contracts" },
  "contracts:request": { "zh-CN": "代客户申请合同", en: "Request contracts for customers" },
  "tickets:read": { "zh-CN": "查看工单", en: "See tickets" },
  "tickets:write": { "zh-CN": "提交和回复工单", en: "Open and answer tickets" },
  "policy:read": { "zh-CN": "查看现行出具规则", en: "See the policy in force" },
  "events:read": { "zh-CN": "读取业务事件", en: "Read what has happened, as events" },
  "webhooks:read": { "zh-CN": "查看 Webhook 端点及推送记录", en: "See webhook endpoints and what became of events" },
  "webhooks:manage": { "zh-CN": "管理 Webhook 端点", en: "Look after webhook endpoints" },
  "portal:open": { "zh-CN": "为任一客户生成买方登录链接", en: "Let buyers of any account into the console" },
  "audit:read": { "zh-CN": "查阅和导出审计日志", en: "Read and export the audit log" },
  "metrics:read": { "zh-CN": "读取运行指标", en: "Read the metrics of the service" },
} as const satisfies Words & Partial<Record<Scope, unknown>>;

export type MachineScope = keyof typeof SCOPE_WORDS;
export const MACHINE_SCOPES: readonly MachineScope[] = Object.keys(SCOPE_WORDS).filter(isMachineScope);

function isMachineScope(text: string): text is MachineScope {
  return Object.hasOwn(SCOPE_WORDS, text);
}
