import type { Texts } from "../../i18n/dictionary.ts";
import type { deskContractsZhCn, voidingZhCn } from "./contracts-zh-cn.ts";

export const deskContractsEn: Texts<typeof deskContractsZhCn> = {
  heading: "Contracts",
  lead: "The contracts of all customers, and what each is worth now. Look for a number or an account by its start.",
  back: "Back to the contracts",
  filters: "Find contracts",
  filter: { q: "Contract, order or account", state: "Issue", kind: "Kind", account: "Account" },
  state: { issued: "Issued", issuing: "Being issued", timestamp_pending: "Waiting for a timestamp" },
  kind: { order: "On an order", bill: "On a bill", offline: "Offline" },
  caption: "List of contracts",
  column: {
    number: "Contract",
    account: "Account",
    subject: "Order or bill",
    requested: "Requested",
    standing: "Standing",
  },
  heldUntil: "To be paid by",
  emptyTitle: "No contracts match",
  emptyText: "Numbers are found from their start; or clear some of the filters.",
  archive: "Long-term proof",
  archived: "Archived ({{level}})",
  notArchived: "Not archived yet",
  archiveFile: "Download archive",
  verify: "Verify this contract",
};

export const voidingEn: Texts<typeof voidingZhCn> = {
  open: "Void contract",
  title: "Void contract {{number}}",
  atOnce:
    "The contract is void from the moment you confirm, and this cannot be undone. Its file stays and can be downloaded.",
  seen: "The buyer sees that it is void and why, and so does everybody who verifies it.",
  occupied: {
    order: "It still occupies its order, which can have no other contract.",
    bill: "It still occupies its bill, which can have no other contract.",
  },
  freed: {
    order: "By the rules in force, its order can have another contract afterwards.",
    bill: "By the rules in force, its bill can have another contract afterwards.",
  },
  twoAbove:
    "Above {{limits}}, in a currency without a limit, or without an amount, it takes two persons: you propose it, and it is void when a colleague approves.",
  alwaysTwo: "It takes two persons: you propose it, and it is void when a colleague approves.",
  reason: "Reason",
  reasonHint: "Shown as it stands to the buyer and to whoever verifies; write nothing internal or personal",
  reasonMissing: "Give a reason.",
  confirm: "Void contract",
  done: {
    voided: "The contract is void.",
    proposed: "Proposed. The contract stays in force until a colleague approves.",
  },
  toApprovals: "See approvals",
};
