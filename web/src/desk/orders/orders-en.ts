import type { Texts } from "../../i18n/dictionary.ts";
import type { deskOrdersZhCn } from "./orders-zh-cn.ts";

export const deskOrdersEn: Texts<typeof deskOrdersZhCn> = {
  heading: "Orders",
  lead: "The orders of all customers: whose each is, whether it can have a contract, and if not, why and what comes next.",
  back: "Back to the orders",
  itself: "The order and its decision",
  filters: "Find orders",
  filter: { q: "Order number or domain", state: "State", product: "Product code", account: "Account" },
  caption: "List of orders",
  column: {
    order: "Order",
    account: "Account",
    content: "Products",
    amount: "Amount",
    state: "State",
    contract: "Contract",
  },
  emptyTitle: "No orders match",
  emptyText: "Check order number, domain, product code and account, or clear some of the filters.",
};
