import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { Contract, IssuedContract, UnissuedContract } from "../domain/contract.ts";
import { contractNumber } from "../domain/contract-number.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { ContractId, ContractNumber, Sha256 } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { type Instant, yearMonthOf } from "../domain/time.ts";
import { undrawableDetail } from "./buyer-details.ts";
import { claimTime } from "./claim-time.ts";
import { faultOfDraft } from "./draft-fault.ts";
import { type IssueContractPorts, issueContract } from "./issue-contract.ts";
import { oncePerKey } from "./once-per-key.ts";
import type { Actor, GlyphCoverage, Identifiers, IssuingContract, Ledger, LedgerTransaction } from "./ports.ts";
import { prepareContract, type ReadyContract, type Wanted } from "./prepare-contract.ts";
import { fingerprintOf, type KeyFault, type RepeatableRequest } from "./repeatable-request.ts";
import { announceRequest } from "./request-announcement.ts";
import type { TimestampGate } from "./timestamp-gate.ts";
import type { Turns } from "./turns.ts";

export interface RequestContractPorts extends IssueContractPorts {
  readonly identifiers: Identifiers;
  readonly glyphs: GlyphCoverage;
  readonly timestamps: TimestampGate;
  /** The same books by connections that requests do not use up, so that what was begun does not queue behind what was not. */
  readonly scheduled: Ledger;
  /** Of those in this process who ask for the same contract. */
  readonly turns: Turns;
  /** Where the verification page is reached from outside: "https://contracts.example.com". */
  readonly publicUrl: string;
  /** True when the seal comes from a demonstration authority. */
  readonly demo: boolean;
  /** Milliseconds that a request waits for the sealed file before it answers that it follows. */
  readonly patienceMs: number;
  readonly reportFailure: (contract: ContractNumber, error: unknown) => void;
}

export interface ContractRequest extends Wanted {
  /** What the caller chose to recognise a repeated request by; repeated, it gets the first answer again. */
  readonly idempotencyKey: string | null;
  /** Of a batch, whose keys are its own, and which has an answer for each order. */
  readonly ofBatch?: boolean;
}

export type RequestOutcome =
  | { readonly kind: "issued"; readonly contract: IssuedContract }
  /** Decided and safe in the books; the sealed file follows (a worker finishes it), maybe after a wait that it names. */
  | { readonly kind: "issuing"; readonly contract: UnissuedContract }
  | { readonly kind: "refused"; readonly refuse: Refuse }
  | { readonly kind: "not_found" }
  | { readonly kind: "invalid"; readonly fault: InputFault }
  | KeyFault;

/** Matters only where the policy refuses to begin a contract that would have to wait for its timestamp. */
type Timestamps = "to_be_had" | "not_to_be_had" | "unknown";

type Opened =
  | Exclude<RequestOutcome, { kind: "issued" | "issuing" }>
  | Begun
  | Repeated
  | { readonly kind: "timestamp_in_doubt" };
interface Begun {
  readonly kind: "begun";
  readonly issuing: IssuingContract;
}
interface Repeated {
  readonly kind: "repeated";
  readonly contract: Contract;
}

/** What a service has where nothing else is said. */
export const REQUEST_PATIENCE_MS = 3_000;

/**
 * Requests the one contract of an order (R4) or of a month's bill (R13): decides under its lock, freezes what it says (R7), and seals it.
 * Two requests at once get one contract: the second is refused and pointed at the first. Repeated under its key, a request
 * gets the first refusal, word for word, or the first contract as far as it is by now: issued, or still being sealed.
 */
export async function requestContract(
  ports: RequestContractPorts,
  actor: Actor,
  request: ContractRequest,
): Promise<RequestOutcome> {
  const undrawable = undrawableDetail(ports.glyphs, request.details);
  if (undrawable) return { kind: "invalid", fault: undrawable };
  const openOnce = (timestamps: Timestamps) =>
    ports.turns.take(JSON.stringify([request.account, request.subject]), () =>
      oncePerKey<Opened, FirstAnswer>(ports.ledger, repeatable(request), {
        run: async (transaction) => {
          const opened = await open(ports, actor, request, transaction, timestamps);
          if (opened.kind === "refused") await tell(ports, actor, request, transaction, opened.refuse);
          return opened;
        },
        keep: answerOf,
        again: (answer, transaction) => answeredAgain(request, answer, transaction),
      }),
    );
  let opened = await openOnce(ports.timestamps.answeredLately() ? "to_be_had" : "unknown");
  if (opened.kind === "timestamp_in_doubt") {
    // Between two transactions, so that no lock is held while somebody outside is asked.
    opened = await openOnce((await ports.timestamps.findTrouble()) ? "not_to_be_had" : "to_be_had");
  }
  switch (opened.kind) {
    case "timestamp_in_doubt":
      throw new Error("the timestamp authority was asked, and its answer is still in doubt");
    case "begun":
      return seal(ports, actor, opened.issuing);
    case "repeated":
      return opened.contract.state === "issued"
        ? { kind: "issued", contract: opened.contract }
        : { kind: "issuing", contract: opened.contract };
    default:
      return opened;
  }
}

async function open(
  ports: RequestContractPorts,
  actor: Actor,
  request: ContractRequest,
  transaction: LedgerTransaction,
  timestamps: Timestamps,
): Promise<Opened> {
  const at = ports.clock.now();
  const prepared = await prepareContract(transaction, request, { at, demo: ports.demo });
  if (prepared.kind === "not_found") return prepared;
  if (prepared.kind === "ready" && prepared.withoutTimestamp === "refuse" && timestamps !== "to_be_had") {
    return timestamps === "unknown" ? { kind: "timestamp_in_doubt" } : withoutTimestamp(prepared);
  }
  return prepared.kind === "ready" ? begin(ports, actor, request, transaction, prepared, at) : prepared;
}

async function tell(
  { clock }: RequestContractPorts,
  { kind: actor }: Actor,
  { account, subject }: ContractRequest,
  transaction: LedgerTransaction,
  refuse: Refuse,
): Promise<void> {
  await transaction.tellRefusal({ account, subject, refuse, at: clock.now(), askedFor: "contract", actor });
}

function withoutTimestamp({ issue: { policyVersion } }: ReadyContract): Opened {
  return { kind: "refused", refuse: { kind: "refuse", policyVersion, refusal: { code: "timestamp_unavailable" } } };
}

async function begin(
  ports: RequestContractPorts,
  actor: Actor,
  request: ContractRequest,
  transaction: LedgerTransaction,
  { seller, issue, draft, replaced, outOfQuota }: ReadyContract,
  at: Instant,
): Promise<Opened> {
  const fault = faultOfDraft(ports.glyphs, draft);
  if (fault) return { kind: "invalid", fault };
  if (!(await transaction.takeQuota(seller.id))) {
    return { kind: "refused", refuse: { kind: "refuse", policyVersion: issue.policyVersion, refusal: outOfQuota } };
  }
  const yearMonth = yearMonthOf(at, seller.timeZone);
  // Last of all, because every other request of the seller waits on this row until we commit.
  const running = await transaction.nextRunningNumber(seller.id, yearMonth);
  const number = contractNumber(seller.numberPrefix, yearMonth, running);
  const code = ports.identifiers.newCode();
  const snapshot = { ...draft, number, verificationUrl: `${ports.publicUrl}/verify/${number}?code=${code}` };
  const snapshotJson = canonicalJson(snapshot);
  const contract = {
    id: ports.identifiers.newId() as ContractId,
    account: request.account,
    subject: request.subject,
    seller: seller.id,
    number,
    requestedAt: at,
    policyVersion: issue.policyVersion,
    holdUntil: issue.holdUntil,
    snapshot: createHash("sha256").update(snapshotJson).digest("hex") as Sha256,
    replaces: replaced?.number ?? null,
    state: "issuing",
    waitingFor: null,
  } as const;
  const issuing = { contract, snapshot, snapshotJson, claim: 0, claimedAt: claimTime() };
  await transaction.insertContract(issuing, code);
  await announceRequest(transaction, actor, contract);
  return { kind: "begun", issuing };
}

/** Waits for the sealed file, but not for ever: the books already hold the contract, and a worker finishes it. */
async function seal(ports: RequestContractPorts, actor: Actor, issuing: IssuingContract): Promise<RequestOutcome> {
  const finished = issueContract({ ...ports, ledger: ports.scheduled }, actor, issuing).then(
    (outcome): RequestOutcome =>
      outcome.kind === "issued" ? outcome : { kind: "issuing", contract: outcome.contract },
    (error: unknown): RequestOutcome => {
      ports.reportFailure(issuing.contract.number, error);
      return { kind: "issuing", contract: issuing.contract };
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<RequestOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "issuing", contract: issuing.contract }), ports.patienceMs);
  });
  try {
    return await Promise.race([finished, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a repeated request is answered from. */
type FirstAnswer =
  | { readonly kind: "contract"; readonly number: ContractNumber }
  | { readonly kind: "refused"; readonly refuse: Refuse };

function answerOf(opened: Opened): FirstAnswer | null {
  if (opened.kind === "begun") return { kind: "contract", number: opened.issuing.contract.number };
  // Without a timestamp nothing was taken, and the same request may succeed a minute later.
  return opened.kind === "refused" && opened.refuse.refusal.code !== "timestamp_unavailable" ? opened : null;
}

async function answeredAgain(
  { account }: ContractRequest,
  first: FirstAnswer,
  transaction: LedgerTransaction,
): Promise<Opened> {
  if (first.kind === "refused") return first;
  const contract = await transaction.contractByNumber(account, first.number);
  if (!contract) throw new Error(`contract ${first.number} was answered with and is not in the books`);
  return { kind: "repeated", contract };
}

/**
 * Fields that the first release did not know count only where they are filled in, so that keys which it saw are still
 * recognised.
 */
function repeatable({ account, subject, details, idempotencyKey, ofBatch }: ContractRequest): RepeatableRequest | null {
  if (idempotencyKey === null) return null;
  const { language, contact, ...since } = details;
  const filledIn = Object.fromEntries(Object.entries(since).filter(([, text]) => text !== ""));
  const fingerprint = fingerprintOf({ ...subject, language, contact, ...filledIn });
  if (ofBatch && subject.kind === "order") {
    return { owner: account, route: "requestContracts", key: `${subject.order}:${idempotencyKey}`, fingerprint };
  }
  return { owner: account, route: ROUTE_OF[subject.kind], key: idempotencyKey, fingerprint };
}

const ROUTE_OF = { order: "requestContract", bill: "requestBillContract" } as const;
