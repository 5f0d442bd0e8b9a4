import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical-json.ts";
import type { Contract, IssuedContract, UnissuedContract } from "../domain/contract.ts";
import { contractNumber } from "../domain/contract-number.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { ContractId, ContractNumber, Sha256 } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { type Instant, yearMonthOf } from "../domain/time.ts";
import { undrawableDetail } from "./buyer-details.ts";
import { faultOfDraft } from "./draft-fault.ts";
import { type IssueContractPorts, issueContract } from "./issue-contract.ts";
import type {
  Actor,
  FirstAnswer,
  GlyphCoverage,
  Identifiers,
  IssuingContract,
  Ledger,
  LedgerTransaction,
} from "./ports.ts";
import { prepareContract, type ReadyContract, type Wanted } from "./prepare-contract.ts";
import { announceRequest } from "./request-announcement.ts";
import type { TimestampGate } from "./timestamp-gate.ts";

export interface RequestContractPorts extends IssueContractPorts {
  readonly identifiers: Identifiers;
  readonly glyphs: GlyphCoverage;
  readonly timestamps: TimestampGate;
  /** The same books by connections that requests do not use up, so that what was begun does not queue behind what was not. */
  readonly scheduled: Ledger;
  /** Where the verification page is reached from outside: "https://contracts.example.com". */
  readonly publicUrl: string;
  /** True when the seal comes from a demonstration authority. */
  readonly demo: boolean;
  readonly reportFailure: (contract: ContractNumber, error: unknown) => void;
}

export interface ContractRequest extends Wanted {
  /** What the caller chose to recognise a repeated request by; repeated, it gets the first answer again. */
  readonly idempotencyKey: string | null;
}

export type RequestOutcome =
  | { readonly kind: "issued"; readonly contract: IssuedContract }
  /** Decided and safe in the books; the sealed file follows (a worker finishes it), maybe after a wait that it names. */
  | { readonly kind: "issuing"; readonly contract: UnissuedContract }
  | { readonly kind: "refused"; readonly refuse: Refuse }
  | { readonly kind: "not_found" }
  | { readonly kind: "invalid"; readonly fault: InputFault }
  | { readonly kind: "idempotency_key_reused" };

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

/** How long a request waits for the sealed file before it answers that it follows. */
const PATIENCE_MS = 3_000;

/**
 * Requests the one contract of an order (R4) or of a month's bill (R13): decides under its lock, freezes what it says (R7), and seals it.
 * Two requests at once get one contract: the second is refused and pointed at the first.
 */
export async function requestContract(
  ports: RequestContractPorts,
  actor: Actor,
  request: ContractRequest,
): Promise<RequestOutcome> {
  const undrawable = undrawableDetail(ports.glyphs, request.details);
  if (undrawable) return { kind: "invalid", fault: undrawable };
  const openOnce = (timestamps: Timestamps) =>
    ports.ledger.transaction((transaction) => open(ports, actor, request, transaction, timestamps));
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
  const repeated = await recall(request, transaction);
  if (repeated) return repeated;
  const at = ports.clock.now();
  const prepared = await prepareContract(transaction, request, { at, demo: ports.demo });
  if (prepared.kind === "not_found") return prepared;
  if (prepared.kind === "ready" && prepared.withoutTimestamp === "refuse" && timestamps !== "to_be_had") {
    // Nothing is taken, and nothing remembered under the key: the same request may succeed a minute later.
    return timestamps === "unknown" ? { kind: "timestamp_in_doubt" } : withoutTimestamp(prepared);
  }
  const outcome = prepared.kind === "ready" ? await begin(ports, actor, request, transaction, prepared, at) : prepared;
  if (outcome.kind === "refused") await remember(request, transaction, outcome);
  return outcome;
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
  const issuing = { contract, snapshot, snapshotJson };
  await transaction.insertContract(issuing, code);
  await announceRequest(transaction, actor, contract);
  await remember(request, transaction, { kind: "contract", number });
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
    timer = setTimeout(() => resolve({ kind: "issuing", contract: issuing.contract }), PATIENCE_MS);
  });
  try {
    return await Promise.race([finished, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The body that a key was first used with; another body under the same key is a mistake of the caller. Fields that the
 * first release did not know count only where they are filled in, so that keys which it saw are still recognised.
 */
function fingerprintOf({ subject, details }: ContractRequest): string {
  const { language, contact, ...since } = details;
  const filledIn = Object.fromEntries(Object.entries(since).filter(([, text]) => text !== ""));
  return createHash("sha256")
    .update(canonicalJson({ ...subject, language, contact, ...filledIn }))
    .digest("hex");
}

async function recall(request: ContractRequest, transaction: LedgerTransaction): Promise<Opened | null> {
  if (request.idempotencyKey === null) return null;
  const first = await transaction.claimIdempotencyKey(request.account, request.idempotencyKey, fingerprintOf(request));
  if (first === "new") return null;
  if (first === "other_request") return { kind: "idempotency_key_reused" };
  if (first.kind === "refused") return first;
  const contract = await transaction.contractByNumber(request.account, first.number);
  return contract && { kind: "repeated", contract };
}

async function remember(request: ContractRequest, transaction: LedgerTransaction, answer: FirstAnswer): Promise<void> {
  if (request.idempotencyKey === null) return;
  await transaction.rememberAnswer(request.account, request.idempotencyKey, answer);
}
