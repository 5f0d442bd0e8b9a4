import { AsyncLocalStorage } from "node:async_hooks";
import type { AccountId } from "../domain/identifiers.ts";

/**
 * Whose rows the books show to whoever asks. Every query names its account by itself; this stands behind them, so that
 * one which forgets to shows nothing of others (row-level security, docs/security.md). A request begins with "nothing".
 */
export interface Sight {
  sees: "everything" | "nothing" | { readonly account: AccountId };
}

const current = new AsyncLocalStorage<Sight>();

/** Runs what belongs to one request; what it may see can be changed in `sight` while it runs. */
export function withSight<Value>(sight: Sight, work: () => Value): Value {
  return current.run(sight, work);
}

/** What may be seen at this moment; everything outside of requests: at a terminal, and by the schedule. */
export function sightNow(): Sight["sees"] {
  return current.getStore()?.sees ?? "everything";
}
