import { type RequestOutcome, requestContract } from "../../src/application/request-contract.ts";
import { type BatchOutcome, requestContracts } from "../../src/application/request-contracts.ts";
import type { BillCycle } from "../../src/domain/bill.ts";
import type { ContractSubject } from "../../src/domain/contract.ts";
import type { OrderId } from "../../src/domain/identifiers.ts";
import { emptyDetails, type RequestDetails } from "../../src/domain/snapshot-parties.ts";
import { DESK, momentAt, type Remembered, type Shop } from "./shop.ts";
import { isKnown, type Moment, nameOf, refusalNow, type Subject, transactions } from "./shop-model.ts";
import type { Step } from "./step.ts";
import { type Expected, sayingExactly, type Trial } from "./trial.ts";

type RequestStep = Extract<Step, { do: "request" }>;

/** What one request is answered, and what it leaves; null where a fault has made that unknowable. */
interface Foreseen {
  readonly answer: string;
  readonly whole: Subject;
  readonly partial: readonly Subject[];
  /** Whether the answer is remembered under the key. */
  readonly remembers: boolean;
}

/** A request for a contract, once or twice at once; null where the model cannot know what its key is worth. */
export function requestTrial(shop: Shop, step: RequestStep, node: 0 | 1): Trial | null {
  const subject = shop.subjects[step.subject];
  if (!subject) return null;
  const isOwner = step.by === "owner";
  // On orders and on bills the same key is two: each route has its own.
  const key = step.key === null ? null : `${step.by}/${subjectOf(subject).kind}/${step.key}`;
  const other = step.times === "twice at once on two nodes" ? (node === 0 ? 1 : 0) : node;
  const foreseen = [node, other].map((each) => foresee(shop, subject, momentAt(shop, each), isOwner, key, step.body));
  const [first, second] = foreseen;
  if (!first) return null;
  // Where two clocks lead to two answers, it is left at one request.
  const isTwice = step.times !== "once" && second?.answer === first.answer;
  const call = (by: 0 | 1) => ({
    node: shop.nodes[by],
    call: async () => {
      const account = shop.accounts[isOwner ? 0 : 1];
      const wanted = { account, subject: subjectOf(subject), details: detailsOf(step.body) };
      const idempotencyKey = step.key === null ? null : `key-${step.key}`;
      return answerText(await requestContract(shop.nodes[by].ports, DESK, { ...wanted, idempotencyKey }));
    },
  });
  const expected: Expected = {
    place: step.subject,
    whole: isTwice && second ? [first.whole, second.whole] : [first.whole],
    partial: [...first.partial, ...(isTwice && second ? [second.whole, ...second.partial] : [])],
  };
  return {
    calls: isTwice ? [call(node), call(other)] : [call(node)],
    expected: [expected],
    judge: isTwice ? judgeTwo(first.answer, key !== null) : judgeOne(first.answer),
    settled: (after, isFaulty) =>
      remember(shop, key, bodyOf(subject, step.body), first, subject, after(subject), isFaulty),
  };
}

/** Several orders at once: each is requested as if alone (R23). */
export function batchTrial(
  shop: Shop,
  { orders, key, body }: Extract<Step, { do: "batch" }>,
  node: 0 | 1,
): Trial | null {
  const moment = momentAt(shop, node);
  const wanted = orders.flatMap((place) => {
    const subject = shop.subjects[place];
    const name = key === null ? null : `batch/${place}/${key}`;
    const foreseen = subject && foresee(shop, subject, moment, true, name, body);
    return subject && foreseen ? [{ place, subject, name, foreseen }] : [];
  });
  if (wanted.length !== orders.length) return null;
  const ids = wanted.map(({ subject }) => subject.id as OrderId);
  const call = async () => {
    const idempotencyKey = key === null ? null : `key-${key}`;
    const { ports } = shop.nodes[node];
    const outcomes = await requestContracts(ports, DESK, shop.accounts[0], ids, detailsOf(body), idempotencyKey);
    return ids.map((id) => batchAnswer(outcomes.get(id))).join(", ");
  };
  return {
    calls: [{ node: shop.nodes[node], call }],
    expected: wanted.map(({ place, foreseen: { whole, partial } }) => ({ place, whole: [whole], partial })),
    judge: (answers, isFaulty) => {
      if (!isFaulty) sayingExactly(wanted.map(({ foreseen }) => foreseen.answer).join(", "))(answers, false);
    },
    settled: (after, isFaulty) => {
      for (const { subject, name, foreseen } of wanted) {
        remember(shop, name, bodyOf(subject, body), foreseen, subject, after(subject), isFaulty);
      }
    },
  };
}

function foresee(
  shop: Shop,
  subject: Subject,
  moment: Moment,
  isOwner: boolean,
  key: string | null,
  body: number,
): Foreseen | null {
  const fresh = foreseeFresh(shop, subject, moment, isOwner);
  const first = key === null ? undefined : shop.keys.get(key);
  if (first === undefined) return fresh;
  if (first.body !== bodyOf(subject, body)) {
    return first.isDoubtful ? null : unchanged(subject, "idempotency_key_reused", false);
  }
  if (first.answer === null) return fresh;
  if (first.isDoubtful) return fresh.answer === first.answer ? fresh : null;
  return unchanged(subject, repeatedAnswer(subject, first.answer), false);
}

function foreseeFresh(shop: Shop, subject: Subject, moment: Moment, isOwner: boolean): Foreseen {
  if (!isOwner || !isKnown(subject)) return unchanged(subject, "not_found", false);
  const refusal = refusalNow(subject, moment);
  const place = subject.contracts.length;
  const pointer = refusal === "already_contracted" ? ` ${nameOf(subject, place)}` : "";
  if (refusal !== null) return unchanged(subject, `refused ${refusal}${pointer}`, true);
  const { hasTimestamps } = shop.clock;
  if (!hasTimestamps && shop.terms.withoutTimestamp === "refuse") {
    return unchanged(subject, "refused timestamp_unavailable", false);
  }
  const begun = transactions.begin(subject, moment);
  const whole = hasTimestamps ? transactions.issue(begun) : transactions.wait(begun);
  const answer = `${hasTimestamps ? "issued" : "issuing"} ${nameOf(subject, place + 1)}`;
  return { answer, whole, partial: [subject, begun], remembers: true };
}

function unchanged(subject: Subject, answer: string, remembers: boolean): Foreseen {
  return { answer, whole: subject, partial: [subject], remembers };
}

/** The same contract as at first, by what it is now; a refusal word for word. */
function repeatedAnswer(subject: Subject, first: string): string {
  const contract = /^issu(?:ed|ing) .*#(\d+)$/.exec(first);
  if (!contract) return first;
  const state = subject.contracts[Number(contract[1]) - 1]?.state;
  return `${state === "issued" ? "issued" : "issuing"} ${nameOf(subject, Number(contract[1]))}`;
}

function remember(
  shop: Shop,
  key: string | null,
  body: string,
  { answer, whole, remembers }: Foreseen,
  before: Subject,
  after: Subject,
  isFaulty: boolean,
): void {
  const known = key === null ? null : shop.keys.get(key);
  if (key === null || (known && !known.isDoubtful)) return;
  const begins = whole.contracts.length > before.contracts.length;
  // Nothing was done, and so the key is free again, also for something else.
  if (!begins && !remembers && !isFaulty) return;
  const hasBegun = after.contracts.length > before.contracts.length;
  const remembered: Remembered = begins
    ? { body, answer: hasBegun ? answer : null, isDoubtful: !hasBegun }
    : { body, answer: remembers ? answer : null, isDoubtful: isFaulty || !remembers };
  shop.keys.set(key, remembered);
}

function judgeOne(expected: string): Trial["judge"] {
  return (answers, isFaulty) => {
    const [answer] = answers;
    // Whoever meets a fault may say too little, never too much: too much would not have been in the books.
    if (answer === expected || (isFaulty && answer === expected.replace("issued", "issuing"))) return;
    if (answer !== undefined) throw new Error(`answered "${answer}", not "${expected}"`);
  };
}

/** One of two gets the contract; the other is pointed at it, or under the same key gets it, too, whatever it is by now. */
function judgeTwo(expected: string, isKeyed: boolean): Trial["judge"] {
  if (!expected.startsWith("issu")) return sayingExactly(expected);
  const contract = expected.replace(/^\w+ /, "");
  return (answers, isFaulty) => {
    const got = answers.filter((answer) => answer === `issued ${contract}` || answer === `issuing ${contract}`);
    const pointed = answers.filter((answer) => answer === `refused already_contracted ${contract}`);
    // Under one key, whoever comes second may also be told that the first is still at it.
    const asked = answers.filter((answer) => isKeyed && answer === "request_still_running");
    const isFine = isKeyed
      ? got.length > 0 && got.length + asked.length === 2
      : got.length === 1 && pointed.length === 1;
    const isFineForFaulty = got.length + pointed.length + asked.length === answers.length;
    if (!(isFaulty ? isFineForFaulty : isFine && (isKeyed || answers.includes(expected)))) {
      throw new Error(`two at once were answered "${answers.join('" and "')}", with "${expected}" to be had`);
    }
  };
}

function answerText(outcome: RequestOutcome): string {
  switch (outcome.kind) {
    case "issued":
    case "issuing":
      return `${outcome.kind} ${outcome.contract.number}`;
    case "refused": {
      const { refusal } = outcome.refuse;
      return `refused ${refusal.code}${refusal.code === "already_contracted" ? ` ${refusal.contract}` : ""}`;
    }
    default:
      return outcome.kind;
  }
}

function batchAnswer(outcome: BatchOutcome | undefined): string {
  if (outcome === undefined) return "nothing";
  return outcome.kind === "broken" ? "broken" : answerText(outcome);
}

function subjectOf({ kind, id }: Subject): ContractSubject {
  if (kind === "order") return { kind, order: id as OrderId };
  return { kind, cycle: id.replace(/^.*:/, "") as BillCycle };
}

function bodyOf({ id }: Subject, body: number): string {
  return `${id} ${body}`;
}

function detailsOf(body: number): RequestDetails {
  return { ...emptyDetails(body === 0 ? "en" : "zh-CN"), purchaseOrder: body === 0 ? "" : `PO-${body}` };
}
