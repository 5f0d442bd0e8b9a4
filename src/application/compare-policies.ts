import { type Decision, decideIssuance } from "../domain/decide-issuance.ts";
import type { AccountId, OrderId } from "../domain/identifiers.ts";
import type { Policy, PolicyBody } from "../domain/policy.ts";
import { factsOf } from "./order-facts.ts";
import type { Clock, Ledger } from "./ports.ts";
import { sameContent } from "./same-content.ts";

/** An order that the other rules would decide differently, and how. */
export interface ChangedDecision {
  readonly account: AccountId;
  readonly order: OrderId;
  readonly before: Decision;
  readonly after: Decision;
}

/** A setting in which two policies differ. */
export interface ChangedSetting {
  readonly setting: keyof PolicyBody;
  readonly before: unknown;
  readonly after: unknown;
}

const ORDERS_READ_AT_ONCE = 200;

/** The settings in which the policies differ; the order of the entries of a list means nothing. */
export function changedSettings(before: PolicyBody, after: PolicyBody): readonly ChangedSetting[] {
  const settings = Object.keys(before).filter((key): key is keyof PolicyBody => key !== "version");
  return settings
    .filter((setting) => !sameContent(asSet(before[setting]), asSet(after[setting])))
    .map((setting) => ({ setting, before: before[setting], after: after[setting] }));
}

/** How far a comparison went. */
export interface Compared {
  readonly orders: number;
  /** False where there are older orders that were not looked at. */
  readonly isWhole: boolean;
}

/**
 * Which existing orders would be decided differently by the other rules, newest first; each order is decided by both at
 * the same instant. Reads in pages, so that any number of orders can be gone through; after `atMost` of them it ends.
 */
export async function* compareDecisions(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  before: Policy,
  after: Policy,
  atMost = Number.POSITIVE_INFINITY,
): AsyncGenerator<ChangedDecision, Compared> {
  const at = clock.now();
  let orders = 0;
  const every = { account: null, state: null, product: null, text: null, contractable: null };
  let cursor: string | null = null;
  do {
    const page = await ledger.listOrders(every, { limit: ORDERS_READ_AT_ONCE, cursor });
    for (const read of page.items) {
      const [was, is] = [decideIssuance(factsOf(read, before, at)), decideIssuance(factsOf(read, after, at))];
      if (sameAnswer(was, is)) continue;
      yield { account: read.order.account, order: read.order.id, before: was, after: is };
    }
    orders += page.items.length;
    cursor = page.next;
  } while (cursor !== null && orders < atMost);
  return { orders, isWhole: cursor === null };
}

/** Two decisions say the same when they differ in nothing but the version that made them. */
function sameAnswer(left: Decision, right: Decision): boolean {
  return sameContent({ ...left, policyVersion: 0 }, { ...right, policyVersion: 0 });
}

function asSet(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].map(String).sort();
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asSet(member)]));
}
