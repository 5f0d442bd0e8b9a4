import { announceEndedHolds } from "../../src/application/announce-ended-holds.ts";
import { finishInterrupted } from "../../src/application/finish-interrupted.ts";
import { type VoidOutcome, voidContract } from "../../src/application/void-contract.ts";
import { contractNumber } from "../../src/domain/contract-number.ts";
import { DESK, momentAt, type Shop } from "./shop.ts";
import { nameOf, newestOf, type Subject, standingNow, transactions } from "./shop-model.ts";
import type { Step } from "./step.ts";
import { sayingExactly, type Trial } from "./trial.ts";

/** The desk voids a contract, or tries to (R22); null where there is none. */
export function voidTrial(shop: Shop, step: Extract<Step, { do: "void" }>, node: 0 | 1): Trial | null {
  const subject = shop.subjects[step.subject];
  if (!subject) return null;
  const { at } = momentAt(shop, node);
  const place = step.which === "first" ? 1 : subject.contracts.length;
  const number =
    step.which === "unknown" ? contractNumber("DEMO", "202001", 1) : shop.numbers.get(nameOf(subject, place));
  if (number === undefined) return null;
  const answer = step.which === "unknown" ? "not_found" : voidAnswer(subject, place, at);
  const whole = answer === "voided" ? transactions.voidByDesk(subject, at) : subject;
  return {
    calls: [
      {
        node: shop.nodes[node],
        call: async () => saidOf(await voidContract(shop.nodes[node].ports, DESK, number, "a mistake")),
      },
    ],
    expected: [{ place: step.subject, whole: [whole], partial: [subject] }],
    judge: sayingExactly(answer),
  };
}

const saidOf = (outcome: VoidOutcome): string => (typeof outcome === "string" ? outcome : outcome.kind);

function voidAnswer(subject: Subject, place: number, at: number): string {
  // Whatever has been replaced was void.
  if (place < subject.contracts.length) return "already_void";
  if (newestOf(subject)?.state !== "issued") return "being_sealed";
  return standingNow(subject, at) === "void" ? "already_void" : "voided";
}

/** The sweep announces what the clock has ended. */
export function sweepTrial(shop: Shop, node: 0 | 1): Trial {
  const { at } = momentAt(shop, node);
  return {
    calls: [{ node: shop.nodes[node], call: async () => `${await announceEndedHolds(shop.nodes[node].ports)}` }],
    expected: shop.subjects.map((subject, place) => ({
      place,
      whole: [transactions.sweep(subject, at)],
      partial: [subject],
    })),
    judge: () => {},
  };
}

/** The sweep finishes what was interrupted, once nobody has been at it for a while. */
export function finishTrial(shop: Shop, node: 0 | 1): Trial {
  const { ports } = shop.nodes[node];
  const call = async () => {
    await shop.pool.query("UPDATE contracts SET claimed_until = now() - interval '1 minute' WHERE state = 'issuing'");
    return `${await finishInterrupted(ports, () => {})}`;
  };
  return {
    calls: [{ node: shop.nodes[node], call }],
    expected: shop.subjects.map((subject, place) => {
      // One that gets no timestamp ends the round, whichever it is.
      const whole = shop.clock.hasTimestamps ? [transactions.issue(subject)] : [subject, transactions.wait(subject)];
      return { place, whole, partial: [subject] };
    }),
    judge: () => {},
  };
}
