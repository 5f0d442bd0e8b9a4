import type { Kept } from "./first-answers.ts";
import { oncePerKey } from "./once-per-key.ts";
import type { Ledger, LedgerTransaction } from "./ports.ts";
import type { KeyFault, RepeatableRequest } from "./repeatable-request.ts";

type Run<Value> = (transaction: LedgerTransaction) => Promise<Value>;

/**
 * Runs a use case at most once under its key; without a key, simply runs it. A repeated request gets the first outcome
 * again, as it was then: kept as JSON in the very transaction that made it, with the change, its audit and its event.
 *
 * For use cases whose outcome is what their one transaction answers: they are given a ledger whose transaction claims the
 * key first. What they decide without one (the ticket is closed, the file is no PDF) counts only where no earlier answer
 * turns up under the key.
 */
export async function answerOnce<Ports extends { readonly ledger: Ledger }, Outcome>(
  ports: Ports,
  request: RepeatableRequest | null,
  kept: Kept<Outcome>,
  useCase: (ports: Ports) => Promise<Outcome>,
): Promise<Outcome | KeyFault> {
  if (request === null) return useCase(ports);
  const once = (run: Run<Outcome>) =>
    oncePerKey<Outcome, Outcome>(ports.ledger, request, {
      run,
      keep: (outcome) => (isKept(kept, outcome) ? outcome : null),
      again: async (answer) => answer,
    });
  const first: { answer?: Promise<Outcome | KeyFault> } = {};
  const transaction = async <Value>(run: Run<Value>): Promise<Value> => {
    if (first.answer) throw new Error("what is done once under a key has one transaction");
    first.answer = once(run as unknown as Run<Outcome>);
    // Also where it is a fault of the key: the use case hands it on without a look.
    return (await first.answer) as Value;
  };
  const outcome = await useCase({ ...ports, ledger: { ...ports.ledger, transaction } });
  if (!first.answer) return once(async () => outcome);
  if (outcome !== (await first.answer)) throw new Error("what is done once answers what its transaction does");
  return outcome;
}

function isKept<Outcome>(kept: Kept<Outcome>, outcome: Outcome): boolean {
  const kind = typeof outcome === "object" && outcome !== null && "kind" in outcome ? outcome.kind : outcome;
  return Object.entries(kept).some(([each, isAnswer]) => each === kind && isAnswer);
}
