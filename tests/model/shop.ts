import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import { draftPolicy, publishPolicy } from "../../src/application/change-policy.ts";
import type { Actor, Clock } from "../../src/application/ports.ts";
import { putAccount } from "../../src/application/put-parties.ts";
import type { AccountId, ContractNumber, PartnerId } from "../../src/domain/identifiers.ts";
import { DEFAULT_POLICY, type HoldRule } from "../../src/domain/policy.ts";
import { instantOf } from "../../src/domain/time.ts";
import { FaultPlan } from "./fault-plan.ts";
import type { Shelf } from "./memory-objects.ts";
import { BooksReader, lastEventOf } from "./observed-shop.ts";
import type { Buyer, Terms } from "./promises.ts";
import { SAMPLES } from "./sample-orders.ts";
import type { Moment, Subject } from "./shop-model.ts";
import { type NodeConditions, openShopNode, type ShopNode } from "./shop-node.ts";
import { PLACES } from "./step.ts";

export const DESK: Actor = { kind: "desk", id: "model" };

/** Every sequence begins at this instant; nothing in the product asks the machine's own clock for what it decides. */
export const START = Date.UTC(2026, 2, 2, 2, 0, 0);
const CYCLE = "2026-02";
/** The fourth of March, 0:00 in Shanghai. */
const BILL_EXPECTED_AT = Date.UTC(2026, 2, 3, 16, 0, 0);
/** Clocks of two nodes differ by nearly a minute. */
const SKEWS_MS = [0, 55_000] as const;

const FIRST_TERMS: Omit<Terms, "version"> = {
  reissueAfterVoid: false,
  hold: { start: "request", count: "days", amount: 30 },
  billBasis: "final_report",
  withoutTimestamp: "wait",
};

/** What an idempotency key was first used with, and what that was answered, as far as the model can know. */
export interface Remembered {
  readonly body: string;
  /** Null: nothing was done under it, or perhaps it was. */
  readonly answer: string | null;
  readonly isDoubtful: boolean;
}

/** Where a sequence takes place: nodes on one database, buyers and orders of its own, and what the model knows of them. */
export interface Shop {
  readonly pool: Pool;
  readonly accounts: readonly [AccountId, AccountId];
  buyer: Buyer;
  readonly subjects: Subject[];
  readonly nodes: [ShopNode, ShopNode];
  /** Without faults, and by the true time: for what is looked up. */
  readonly desk: ShopNode;
  readonly reader: BooksReader;
  readonly keys: Map<string, Remembered>;
  /** Numbers by the model's names of contracts, and the other way round. */
  readonly numbers: Map<string, ContractNumber>;
  readonly names: Map<string, string>;
  /** Files as they were first seen, by number. */
  readonly files: Map<ContractNumber, { readonly document: string; readonly bytes: Uint8Array | null }>;
  /** The last running number of each seller's month when the sequence began. */
  readonly lastNumbers: ReadonlyMap<string, number>;
  readonly clock: { now: number; hasTimestamps: boolean };
  terms: Terms;
  /** How often each kind of fault was met. */
  readonly faults: Map<string, number>;
  reopen(node: 0 | 1): Promise<void>;
}

let sequences = 0;

/** What the nodes of a shop are made of. */
export type ShopParts = Pick<NodeConditions, "pool" | "drawing" | "breakLedger">;

/** Opens a shop that has sold nothing yet, by the first terms. */
export async function openShop(parts: ShopParts, samples: readonly number[]): Promise<Shop> {
  const { pool } = parts;
  const name = `m${process.pid}-${++sequences}`;
  const clock = { now: START, hasTimestamps: true };
  const shelf: Shelf = new Map();
  const open = (skewMs: number) => {
    const shown: Clock = { now: () => instantOf(clock.now + skewMs) };
    const hasTimestamps = () => clock.hasTimestamps;
    return openShopNode({ ...parts, shelf, clock: shown, plan: new FaultPlan(), hasTimestamps });
  };
  const [first, second, desk] = await Promise.all([open(SKEWS_MS[0]), open(SKEWS_MS[1]), open(0)]);
  const accounts = [`${name}-a` as AccountId, `${name}-b` as AccountId] as const;
  const nodes: [ShopNode, ShopNode] = [first, second];
  const shop: Shop = {
    pool,
    accounts,
    buyer: { verified: true, servedByPartner: false },
    subjects: [...Array(PLACES).keys()].map((place) => orderAt(`${name}-${place}`, samples[place] ?? 0)),
    nodes,
    desk,
    reader: new BooksReader(pool, accounts, await lastEventOf(pool)),
    keys: new Map(),
    numbers: new Map(),
    names: new Map(),
    files: new Map(),
    faults: new Map(),
    lastNumbers: await lastNumbersOf(pool),
    clock,
    terms: { ...FIRST_TERMS, version: 0 },
    reopen: async (node) => {
      await nodes[node].bury();
      nodes[node] = await open(SKEWS_MS[node]);
    },
  };
  shop.subjects.push(billOf(accounts[0]));
  await desk.ports.ledger.transaction(async (transaction) => {
    for (const account of accounts) await transaction.saveAccount(account, IDENTITY, null);
  });
  const inForce = termsInForce.get(pool);
  // Published anew only after a sequence that had changed them, or one that failed over it.
  if (inForce && sameTerms(inForce, FIRST_TERMS)) shop.terms = inForce;
  else await publishTerms(shop, FIRST_TERMS);
  return shop;
}

/** By database; sequences on one database follow each other. */
const termsInForce = new WeakMap<Pool, Terms>();

function sameTerms({ version: _version, ...inForce }: Terms, terms: Omit<Terms, "version">): boolean {
  return isDeepStrictEqual(inForce, terms);
}

/** The instant that the node's clock shows, and what holds then. */
export function momentAt(shop: Shop, node: 0 | 1): Moment {
  return { at: shop.clock.now + SKEWS_MS[node], terms: shop.terms, buyer: shop.buyer };
}

export async function saveBuyer({ desk }: Shop, id: AccountId, { verified, servedByPartner }: Buyer): Promise<void> {
  const identity = verified ? IDENTITY : ({ state: "unverified" } as const);
  const servedBy = servedByPartner ? ("demo-partner" as PartnerId) : null;
  const saved = await putAccount(desk.ports, DESK, { id, identity, servedBy });
  if (!saved.ok) throw new Error(saved.fault.message.en);
}

/** Publishes terms as two persons do; when they are in force already, nothing is published. */
export async function publishTerms(shop: Shop, terms: Omit<Terms, "version">): Promise<void> {
  const { reissueAfterVoid, billBasis, withoutTimestamp, hold } = terms;
  const rule: HoldRule =
    hold.count === "days"
      ? { start: hold.start, count: "days", days: hold.amount }
      : { start: hold.start, count: "hours", hours: hold.amount };
  const { version: _version, ...body } = DEFAULT_POLICY;
  const billFinality = { basis: billBasis, expectedDay: 4 };
  termsInForce.delete(shop.pool);
  const drafted = await draftPolicy(shop.desk.ports, DESK, {
    ...body,
    hold: rule,
    reissueAfterVoid,
    billFinality,
    withoutTimestamp,
    voidAlone: null,
  });
  if (drafted.kind === "drafted") {
    const published = await publishPolicy(shop.desk.ports, { kind: "desk", id: "second person" });
    if (published.kind !== "published") throw new Error(`the terms were not published: ${published.kind}`);
    shop.terms = { ...terms, version: published.policy.version };
  } else shop.terms = { ...terms, version: drafted.version };
  termsInForce.set(shop.pool, shop.terms);
}

async function lastNumbersOf(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ month: string; last: number }>(
    "SELECT number_prefix || '-' || year_month AS month, last FROM contract_counters JOIN sellers USING (seller)",
  );
  return new Map(rows.map(({ month, last }) => [month, last]));
}

function orderAt(id: string, sample: number): Subject {
  const flavour = SAMPLES[sample] ?? SAMPLES[0];
  if (!flavour) throw new Error("there are no samples");
  return { ...NOTHING_YET, id, kind: "order", flavour, placedAt: START, bill: null };
}

function billOf(account: AccountId): Subject {
  const flavour = SAMPLES[0];
  if (!flavour) throw new Error("there are no samples");
  const bill = { total: null, isFinal: false, expectedAt: BILL_EXPECTED_AT };
  return { ...NOTHING_YET, id: `${account}:${CYCLE}`, kind: "bill", flavour, placedAt: START, bill };
}

const NOTHING_YET = {
  reports: [],
  contracts: [],
  isHoldOpen: false,
  wasToldTooLate: false,
  events: [],
} satisfies Partial<Subject>;

const IDENTITY = {
  state: "verified",
  kind: "enterprise",
  legalName: "深圳示例智造有限公司",
  legalNameEn: null,
  registrationNumber: null,
  address: null,
} as const;
