import { useQuery } from "@tanstack/react-query";
import { type Bill, billQuery } from "../../api/bills.ts";
import type { CompareSearch } from "../../api/compare-search.ts";
import { type Decision, type Order, orderQuery } from "../../api/orders.ts";
import type { PreviewSubject } from "../../paths.ts";

/** The order or bill that wordings are tried on. */
export interface TrialSubject {
  readonly kind: "order" | "bill";
  readonly name: string;
  readonly seller: string | null;
  readonly sellerName: string | null;
  readonly template: string;
  readonly decision: Decision;
  readonly preview: PreviewSubject;
}

interface AskedSubject {
  readonly subject: TrialSubject | null;
  readonly error: Error | null;
  readonly isPending: boolean;
}

/** What the address names, as the service knows it; nothing is asked for while it names nothing. */
export function useTrialSubject({ order = "", bill = "" }: CompareSearch): AskedSubject {
  const [account = "", cycle = ""] = bill.split("/");
  const isBill = order === "" && cycle !== "";
  const asOrder = useQuery({ ...orderQuery(order), enabled: order !== "" });
  const asBill = useQuery({ ...billQuery(account, cycle), enabled: isBill });
  if (isBill) {
    return { subject: asBill.data ? trialOnBill(asBill.data) : null, error: asBill.error, isPending: asBill.isLoading };
  }
  return {
    subject: asOrder.data ? trialOnOrder(asOrder.data) : null,
    error: asOrder.error,
    isPending: asOrder.isLoading,
  };
}

export function trialOnOrder({ order, seller, sellerName, template, decision }: Order): TrialSubject {
  return { kind: "order", name: order, seller, sellerName, template, decision, preview: { order } };
}

/** There is one family of templates for bills; its newest version draws. */
const BILL_TEMPLATE = "bill/1";

export function trialOnBill({ account, cycle, seller, sellerName, decision }: Bill): TrialSubject {
  const name = `${account}/${cycle}`;
  return { kind: "bill", name, seller, sellerName, template: BILL_TEMPLATE, decision, preview: { account, cycle } };
}

/** A contract that is there already is no obstacle to a trial; any other refusal is. */
export function obstacleTo({ decision }: TrialSubject): string | null {
  return decision.kind === "refuse" && decision.code !== "already_contracted" ? decision.sentence : null;
}
