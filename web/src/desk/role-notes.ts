import type { NewApiKey } from "../api/api-keys.ts";
import type { Language } from "../i18n/languages.ts";

export type StaffRole = NonNullable<NewApiKey["roles"]>[number];

/** What each role of the seller's people is there for, in a sentence. */
export const ROLE_NOTES = {
  contract_desk: {
    "zh-CN": "处理合同工单，上传线下合同，作废合同；作废大额合同须另一人批准。",
    en: "Works on contract tickets, uploads offline contracts and voids contracts; a large one takes a second person.",
  },
  marketplace_desk: {
    "zh-CN": "处理云市场订单的工单，可代买方申请合同。",
    en: "Works on the tickets of marketplace orders, and may request contracts for buyers.",
  },
  policy_author: {
    "zh-CN": "起草出具规则与合同条款，不能发布自己起草的内容。",
    en: "Drafts the policy and the wording of contracts, and cannot publish what it drafted.",
  },
  policy_publisher: {
    "zh-CN": "审阅并发布他人起草的出具规则与合同条款。",
    en: "Reviews and publishes what somebody else has drafted.",
  },
  administrator: {
    "zh-CN": "管理 API 密钥、Webhook 与卖方资料，批准签章密钥，查阅审计日志；不能申请或作废合同。",
    en: "Looks after API keys, webhooks and sellers, approves seal keys and reads the audit log; neither requests nor voids contracts.",
  },
  auditor: {
    "zh-CN": "查阅全部业务记录与审计日志，不能做任何改动。",
    en: "Reads all records and the audit log, and changes nothing.",
  },
} as const satisfies Record<StaffRole, Record<Language, string>>;

export function isStaffRole(role: string): role is StaffRole {
  return Object.hasOwn(ROLE_NOTES, role);
}

export const STAFF_ROLES: readonly StaffRole[] = Object.keys(ROLE_NOTES).filter(isStaffRole);
