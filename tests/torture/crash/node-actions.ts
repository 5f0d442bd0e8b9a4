import { setTimeout as sleep } from "node:timers/promises";
import { announceEndedHolds } from "../../../src/application/announce-ended-holds.ts";
import { type ArchiveContractPorts, archiveNextContract } from "../../../src/application/archive-contract.ts";
import { parseBillDocument } from "../../../src/application/bill-document.ts";
import { BooksUnavailable } from "../../../src/application/books-unavailable.ts";
import { resolveTicket } from "../../../src/application/close-ticket.ts";
import { finishInterrupted } from "../../../src/application/finish-interrupted.ts";
import { openTicket } from "../../../src/application/open-ticket.ts";
import { parseOrderDocument } from "../../../src/application/order-document.ts";
import type { Actor } from "../../../src/application/ports.ts";
import { recordBill } from "../../../src/application/record-bill.ts";
import { recordOrder } from "../../../src/application/record-order.ts";
import {
  type RequestContractPorts,
  type RequestOutcome,
  requestContract,
} from "../../../src/application/request-contract.ts";
import { requestContracts } from "../../../src/application/request-contracts.ts";
import { voidContract } from "../../../src/application/void-contract.ts";
import { parseBillCycle } from "../../../src/domain/bill.ts";
import type { ContractSubject } from "../../../src/domain/contract.ts";
import type { AccountId, OrderId, SellerId } from "../../../src/domain/identifiers.ts";
import { emptyDetails } from "../../../src/domain/snapshot-parties.ts";
import { instantOf } from "../../../src/domain/time.ts";
import type { Schedule } from "../../../src/jobs/schedule.ts";
import type { Services } from "../../../src/services.ts";
import { billBody } from "../../http/bill-body.ts";
import { scannedPdf } from "../../http/offline-pdf.ts";
import { orderBody } from "../../http/order-body.ts";
import type { Action } from "./node-messages.ts";

const ACTOR: Actor = { kind: "operator", id: "torture" };
const DESK: Actor = { kind: "desk", id: "contract-desk-1" };
const ACCOUNT = "torture" as AccountId;
const AFTER_EVERY_HOLD_MS = 40 * 86_400_000;

export interface ActingNode {
  readonly services: Services;
  readonly issuing: RequestContractPorts;
  readonly schedule: Schedule;
  /** Null where nobody could stamp an archive. */
  readonly archiving: ArchiveContractPorts | null;
}

/** Does it by the use case, as the route would, and answers what came of it in a few words that two attempts share. */
export async function perform({ services, issuing, schedule, archiving }: ActingNode, action: Action): Promise<string> {
  switch (action.kind) {
    case "request":
      return request(issuing, { kind: "order", order: action.order as OrderId }, action.key);
    case "batch":
      return batch(issuing, action.orders, action.key);
    case "bill":
      return putBill(services, action.cycle);
    case "requestBill":
      return requestBill(issuing, action.cycle, action.key);
    case "report":
      return report(services, action);
    case "interrupt":
      return interrupt(issuing, action.order);
    case "finish":
      await finishInterrupted(issuing, issuing.reportFailure);
      return "finished";
    case "stopSchedule":
      await schedule.stop();
      return "stopped";
    case "void":
      return voidOf(services, action.order);
    case "upload":
      return upload({ ...issuing, ...services }, action.order);
    case "announceHolds":
      return announce(services);
    case "archive":
      return archive(archiving);
  }
}

async function request(ports: RequestContractPorts, subject: ContractSubject, key: string | null): Promise<string> {
  const details = emptyDetails("en");
  return answerOf(await requestContract(ports, ACTOR, { account: ACCOUNT, subject, details, idempotencyKey: key }));
}

function answerOf(outcome: RequestOutcome): string {
  switch (outcome.kind) {
    case "issued":
    case "issuing":
      return outcome.contract.number;
    case "refused":
      return outcome.refuse.refusal.code;
    case "request_still_running":
      // As when the books are busy: whoever asks is to ask again.
      throw new BooksUnavailable("busy", new Error(outcome.kind));
    default:
      throw new Error(`a request was answered ${outcome.kind}`);
  }
}

async function interrupt(ports: RequestContractPorts, order: string): Promise<string> {
  const renderer = { render: () => Promise.reject(new Error("nothing can be drawn")) };
  const broken = { ...ports, renderer, reportFailure: () => {} };
  return request(broken, { kind: "order", order: order as OrderId }, order);
}

async function requestBill(ports: RequestContractPorts, text: string, key: string | null): Promise<string> {
  const cycle = parseBillCycle(text);
  if (cycle === null) throw new Error(`${text} is no month`);
  return request(ports, { kind: "bill", cycle }, key);
}

async function batch(ports: RequestContractPorts, orders: readonly string[], key: string): Promise<string> {
  const outcomes = await requestContracts(ports, ACTOR, ACCOUNT, orders as readonly OrderId[], emptyDetails("en"), key);
  return orders
    .map((order) => {
      const outcome = outcomes.get(order as OrderId);
      if (!outcome) throw new Error(`${order} was not answered`);
      if (outcome.kind === "broken") throw outcome.error;
      return answerOf(outcome);
    })
    .join(" ");
}

async function putBill(services: Services, text: string): Promise<string> {
  const seller = await services.ledger.defaultSeller();
  const cycle = parseBillCycle(text);
  if (!seller || !cycle) throw new Error("no seller, or no month");
  const parsed = parseBillDocument(billBody(), { account: ACCOUNT, cycle, seller: seller.id });
  const recorded = parsed.ok ? await recordBill(services, ACTOR, parsed.value) : parsed;
  if (!recorded.ok) throw new Error(recorded.fault.message.en);
  return "recorded";
}

type Report = Extract<Action, { kind: "report" }>;

async function report(services: Services, { order: id, revision, state, product }: Report): Promise<string> {
  const seller = await services.ledger.defaultSeller();
  if (!seller) throw new Error("there is no seller");
  const at = "2026-03-02T08:00:00Z";
  const status = { unpaid: { state }, paid: { state, paidAt: at }, cancelled: { state, cancelledAt: at } }[state];
  const changes = { account: ACCOUNT, revision, status: status as never };
  const placed = orderBody(changes);
  const lines = placed.lines.map((line) => (product === undefined ? line : { ...line, product }));
  const body = { order: id, ...placed, lines };
  const parsed = parseOrderDocument(body, { seller: seller.id as SellerId });
  const recorded = parsed.ok ? await recordOrder(services, ACTOR, parsed.value) : parsed;
  if (!recorded.ok) throw new Error(recorded.fault.message.en);
  return "recorded";
}

async function voidOf(services: Services, order: string): Promise<string> {
  const read = await services.ledger.orderWithFacts(ACCOUNT, order as OrderId);
  if (!read?.contract) throw new Error(`${order} has no contract`);
  const outcome = await voidContract(services, DESK, read.contract.number, "tortured");
  // Sealed a moment later; a caller would ask again.
  if (outcome === "being_sealed") return voidLater(services, order);
  if (outcome !== "voided" && outcome !== "already_void") throw new Error(`voiding was answered ${outcome}`);
  return "void";
}

async function voidLater(services: Services, order: string): Promise<string> {
  await sleep(100);
  return voidOf(services, order);
}

/** Opens the order's ticket, or finds it open, and resolves it with the signed paper. */
async function upload(ports: Services & RequestContractPorts, order: string): Promise<string> {
  const asked = { account: ACCOUNT, order: order as OrderId, text: "", onlyQueues: null };
  const opened = await openTicket(ports, ACTOR, asked);
  if (opened.kind === "refused" && opened.refuse.refusal.code === "already_contracted") return "uploaded";
  if (opened.kind !== "opened") throw new Error(`a ticket was answered ${opened.kind}`);
  const resolved = await resolveTicket(ports, DESK, ACCOUNT, opened.ticket.id, scannedPdf(order));
  if (resolved.kind !== "resolved") throw new Error(`resolving was answered ${resolved.kind}`);
  return "uploaded";
}

/** As if every hold had ended. */
async function announce({ ledger, clock }: Services): Promise<string> {
  const later = { now: () => instantOf(clock.now() + AFTER_EVERY_HOLD_MS) };
  await announceEndedHolds({ ledger, clock: later });
  return "announced";
}

async function archive(ports: ArchiveContractPorts | null): Promise<string> {
  if (ports === null) throw new Error("nobody stamps archives here");
  for (;;) {
    const round = await archiveNextContract(ports);
    if (round.kind === "nothing_due") return "archived";
    if (round.kind === "put_off") throw new Error(`${round.contract} was put off, ${round.trouble}: ${round.detail}`);
  }
}
