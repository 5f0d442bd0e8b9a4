import { instantOf } from "../domain/time.ts";
import type { AccessStore } from "./access.ts";
import type { Clock, Ledger } from "./ports.ts";

export interface ForgetPorts {
  readonly ledger: Ledger;
  readonly access: AccessStore;
  readonly clock: Clock;
}

/** Deleted in some milliseconds, so that nobody waits for it. */
const AT_ONCE = 500;
/** Nodes' clocks may differ: what has ended for this one may not have for another. */
const SESSION_GRACE_MS = 3_600_000;

/**
 * Deletes some of what is kept for a while only: first answers under idempotency keys, 48 hours after they were given, and
 * sessions, an hour after they have ended. True when more may be left.
 */
export async function forgetExpired({ ledger, access, clock }: ForgetPorts): Promise<boolean> {
  const answers = await ledger.forgetOldAnswers(AT_ONCE);
  const sessions = await access.forgetSessions(instantOf(clock.now() - SESSION_GRACE_MS), AT_ONCE);
  return answers === AT_ONCE || sessions === AT_ONCE;
}
