import type { Localized } from "./domain/localized.ts";
import type { StaffRole } from "./domain/roles.ts";

/** A person of the demonstration's seller, ready to sign in as. */
export interface DemoPerson {
  readonly id: string;
  readonly roles: readonly StaffRole[];
  readonly title: Localized;
  readonly note: Localized;
}

const RULES: readonly StaffRole[] = ["policy_author", "policy_publisher"];

/** Two at the contract desk, since publishing a policy and voiding above an amount take two. */
export const DEMO_STAFF: readonly DemoPerson[] = [
  {
    id: "contract-desk-1",
    roles: ["contract_desk", ...RULES],
    title: { "zh-CN": "合同管理员（一）", en: "Contract desk, first person" },
    note: {
      "zh-CN": "处理工单、作废合同、起草规则；发布规则须由另一人完成",
      en: "Works on tickets, voids contracts, drafts rules; publishing them takes the other person",
    },
  },
  {
    id: "contract-desk-2",
    roles: ["contract_desk", ...RULES],
    title: { "zh-CN": "合同管理员（二）", en: "Contract desk, second person" },
    note: {
      "zh-CN": "双人复核的另一人：发布规则、复核大额合同的作废",
      en: "The other of two: publishes rules and approves the voiding of large contracts",
    },
  },
  {
    id: "marketplace-desk",
    roles: ["marketplace_desk"],
    title: { "zh-CN": "云市场合同管理员", en: "Marketplace desk" },
    note: {
      "zh-CN": "只处理云市场工单，不能作废合同，也不能修改规则",
      en: "Works on marketplace tickets only; neither voids contracts nor touches the rules",
    },
  },
  {
    id: "administrator",
    roles: ["administrator"],
    title: { "zh-CN": "系统管理员", en: "Administrator" },
    note: {
      "zh-CN": "管理 API 密钥、Webhook 与印章密钥，查阅审计日志；不能申请或作废合同",
      en: "Looks after API keys, webhooks and seal keys, reads the audit; neither requests nor voids contracts",
    },
  },
  {
    id: "auditor",
    roles: ["auditor"],
    title: { "zh-CN": "审计员", en: "Auditor" },
    note: { "zh-CN": "可查看全部内容，不能做任何改动", en: "Reads everything and changes nothing" },
  },
];
