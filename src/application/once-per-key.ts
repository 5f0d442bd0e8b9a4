import type { Ledger, LedgerTransaction } from "./ports.ts";
import type { KeyFault, RepeatableRequest } from "./repeatable-request.ts";

/** A piece of work in one transaction, and what a repeated request is answered with. */
export interface KeyedWork<Value, Answer> {
  run(transaction: LedgerTransaction): Promise<Value>;
  /** What is kept of the value, in the same transaction; null where nothing was done, so that the key stays free. */
  keep(value: Value): Answer | null;
  /** The value again, from what was kept of it. */
  again(answer: Answer, transaction: LedgerTransaction): Promise<Value>;
}

/** Between looks at a key that somebody else holds: about a second in all. No connection is held meanwhile. */
const PAUSES_MS = [50, 100, 150, 250, 400];

/**
 * Does the work once under its key, however often and however simultaneously it is asked for: key, work and what is kept
 * of it are one transaction, so that a crash leaves all of them or none. While another request under the key is running,
 * this one waits for about a second, then gives up; if the other one ends meanwhile, it is answered as that one was.
 */
export async function oncePerKey<Value, Answer>(
  ledger: Ledger,
  request: RepeatableRequest | null,
  work: KeyedWork<Value, Answer>,
): Promise<Value | KeyFault> {
  if (request === null) return ledger.transaction((transaction) => work.run(transaction));
  for (let looks = 0; ; looks++) {
    try {
      return await ledger.transaction((transaction) => tryOnce(transaction, request, work));
    } catch (error) {
      if (!(error instanceof KeyHeld)) throw error;
    }
    const pauseMs = PAUSES_MS[looks];
    if (pauseMs === undefined) return { kind: "request_still_running" };
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Thrown so that the transaction is undone: after waiting for the key in vain it can do nothing more. */
class KeyHeld extends Error {}

async function tryOnce<Value, Answer>(
  transaction: LedgerTransaction,
  request: RepeatableRequest,
  { run, keep, again }: KeyedWork<Value, Answer>,
): Promise<Value | KeyFault> {
  const claimed = await transaction.claimKey(request);
  switch (claimed.kind) {
    case "running":
      throw new KeyHeld(`the key of ${request.route} is held by another request`);
    case "other_request":
      return { kind: "idempotency_key_reused" };
    case "answered":
      return again(claimed.answer as Answer, transaction);
    case "new": {
      const value = await run(transaction);
      const answer = keep(value);
      if (answer === null) await transaction.freeKey(request);
      else await transaction.keepAnswer(request, answer);
      return value;
    }
  }
}
