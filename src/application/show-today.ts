import { isoDayOf } from "../domain/iso-day.ts";
import type { ProposalKind } from "../domain/proposal.ts";
import type { Permission } from "../domain/roles.ts";
import { TICKET_QUEUES, type TicketQueue } from "../domain/ticket.ts";
import { type Instant, instantOf, type TimeZone } from "../domain/time.ts";
import { MAY_DECIDE } from "./decide-proposal.ts";
import type { Clock, Ledger } from "./ports.ts";
import { isSamePerson } from "./same-person.ts";
import type { SealKeyRegister } from "./seal-key-register.ts";
import { type SellerKeys, showSealKeys } from "./show-seal-keys.ts";
import type {
  Backlog,
  EndingHold,
  OldestTicket,
  OpenProposals,
  RefusalCount,
  UnsealedContract,
} from "./today-shelf.ts";
import type { ShownEndpoint, WebhookQueue } from "./webhook-books.ts";
import { isInTrouble } from "./webhook-trouble.ts";

/** What waits at the desk, as far as its reader may see it: parts that are not theirs to see are null. */
export interface Today {
  readonly at: Instant;
  /** The house's: its days are counted in it. */
  readonly timeZone: TimeZone;
  readonly tickets: readonly WaitingTickets[] | null;
  readonly holds: (Backlog<EndingHold> & { readonly until: Instant }) | null;
  readonly refusals: { readonly from: string; readonly to: string; readonly counts: readonly RefusalCount[] } | null;
  readonly sealing: {
    readonly stuck: Backlog<UnsealedContract>;
    readonly waitingForTimestamp: Backlog<UnsealedContract>;
  } | null;
  readonly proposals: WaitingProposals | null;
  readonly sealKeys: readonly SellerKeys[] | null;
  /** Endpoints in trouble, and how many there are in all. */
  readonly webhooks: Backlog<ShownEndpoint> | null;
}

interface WaitingTickets {
  readonly queue: TicketQueue;
  readonly open: number;
  readonly oldest: OldestTicket | null;
}

interface WaitingProposals {
  readonly open: number;
  /** Those that the reader can decide, being somebody else's. */
  readonly forReader: number;
  readonly since: Instant | null;
}

export interface TodayReader {
  readonly name: string;
  may(permission: Permission): boolean;
  /** Null: all. */
  readonly queues: readonly TicketQueue[] | null;
}

export interface ShowTodayPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly sealKeys: SealKeyRegister;
  readonly webhooks: WebhookQueue;
}

const DAY_MS = 86_400_000;
const HOLD_DAYS = 7;
export const REFUSAL_DAYS = 30;
/** Sealing takes some tens of milliseconds; what is not done by now was interrupted, or fails. */
const STUCK_AFTER_MS = 60_000;
const MOST = 10;

/** What waits at the desk now; nothing is asked of the books that the reader may not see. */
export async function showToday(ports: ShowTodayPorts, reader: TodayReader): Promise<Today> {
  const { ledger, clock, webhooks } = ports;
  const at = clock.now();
  const timeZone = await ledger.houseZone();
  const part = async <Value>(takes: Permission, read: () => Promise<Value>): Promise<Value | null> =>
    reader.may(takes) ? read() : null;
  const [tickets, holds, refusals, sealing, proposals, sealKeys, troubled] = await Promise.all([
    part("tickets:read", () => waitingTickets(ledger, reader.queues ?? TICKET_QUEUES)),
    part("contracts:read", async () => {
      const until = instantOf(at + HOLD_DAYS * DAY_MS);
      return { until, ...(await ledger.endingHolds(at, until, MOST)) };
    }),
    part("orders:read", async () => {
      const [from, to] = [isoDayOf(at, timeZone, REFUSAL_DAYS - 1), isoDayOf(at, timeZone)];
      return { from, to, counts: await ledger.refusalsOf(from, to) };
    }),
    part("contracts:read", async () => ({
      stuck: await ledger.stuckContracts(instantOf(at - STUCK_AFTER_MS), MOST),
      waitingForTimestamp: await ledger.contractsWaitingForTimestamp(MOST),
    })),
    part("proposals:read", async () => waitingProposals(await ledger.openProposals(), reader)),
    part("seal-keys:read", () => showSealKeys(ports)),
    part("webhooks:read", async () => {
      const endpoints = await webhooks.listEndpoints();
      return { count: endpoints.length, first: endpoints.filter((endpoint) => isInTrouble(endpoint, at)) };
    }),
  ]);
  return { at, timeZone, tickets, holds, refusals, sealing, proposals, sealKeys, webhooks: troubled };
}

function waitingTickets(ledger: Ledger, queues: readonly TicketQueue[]): Promise<readonly WaitingTickets[]> {
  return Promise.all(queues.map(async (queue) => ({ queue, ...(await ledger.waitingTickets(queue)) })));
}

function waitingProposals(all: readonly OpenProposals[], { name, may }: TodayReader): WaitingProposals {
  const isForReader = ({ kind, proposedBy }: { kind: ProposalKind; proposedBy: string }) =>
    may("proposals:decide") && may(MAY_DECIDE[kind]) && !isSamePerson(proposedBy, name);
  const countOf = (some: readonly OpenProposals[]) => some.reduce((sum, { count }) => sum + count, 0);
  const since = all.length === 0 ? null : instantOf(Math.min(...all.map((each) => each.since)));
  return { open: countOf(all), forReader: countOf(all.filter(isForReader)), since };
}
