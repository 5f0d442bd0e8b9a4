import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { Actor } from "../../../src/application/ports.ts";
import type { AccountId } from "../../../src/domain/identifiers.ts";
import { instantOf } from "../../../src/domain/time.ts";
import { FaultPlan } from "../../model/fault-plan.ts";
import { START } from "../../model/shop.ts";
import { openShopNode, QUICK_DRAWING, type ShopNode } from "../../model/shop-node.ts";
import { SeededRandom, seededIdentifiers } from "./seeded-random.ts";
import { Weather } from "./weather.ts";

export const SIMULATED: Actor = { kind: "machine", id: "simulation" };

const KINDS = ["crash", "failure", "conflict"] as const;
const MOMENTS = ["before", "after"] as const;

/** What somebody does at an instant; what it answers goes into the trace. */
interface Planned {
  readonly at: number;
  readonly who: string;
  readonly act: () => Promise<string>;
}

/** A shop whose time passes as fast as its events are done, and whose whole history follows from a seed. */
export class SimulatedShop {
  readonly random: SeededRandom;
  readonly account: AccountId;
  readonly weather: Weather;
  /** Without faults, and by the true time: for looking. */
  desk: ShopNode | null = null;
  now = START;
  /** From then on nothing goes wrong any more. */
  isCalm = false;
  /** How much happened, and how much of it was interrupted. */
  readonly counts = { events: 0, faults: 0, crashes: 0 };
  readonly #pool: Pool;
  readonly #nodes: ShopNode[] = [];
  readonly #skewsMs: readonly number[];
  readonly #shelf = new Map();
  readonly #identifiers;
  readonly #agenda: Planned[] = [];
  readonly #trace = createHash("sha256");

  constructor(pool: Pool, name: string, seed: number, days: number) {
    this.#pool = pool;
    this.random = new SeededRandom(seed);
    this.account = name as AccountId;
    this.#identifiers = seededIdentifiers(this.random, name);
    this.#skewsMs = [0, this.random.below(120_000) - 60_000];
    this.weather = new Weather(this.random, START, days, () => this.now);
  }

  async open(): Promise<void> {
    this.desk = await this.#openNode(0, new FaultPlan());
    for (const skewMs of this.#skewsMs) this.#nodes.push(await this.#openNode(skewMs));
    const identity = { state: "verified", kind: "enterprise", legalName: "深圳示例智造有限公司" } as const;
    const unknown = { legalNameEn: null, registrationNumber: null, address: null };
    await this.desk.ports.ledger.transaction((transaction) =>
      transaction.saveAccount(this.account, { ...identity, ...unknown }, null),
    );
  }

  async close(): Promise<void> {
    for (const node of this.#nodes) await node.bury();
  }

  /** Puts something on the agenda; what is due first is done first, and of two at once the one planned first. */
  plan(at: number, who: string, act: () => Promise<string>): void {
    const index = this.#agenda.findIndex((other) => other.at > at);
    this.#agenda.splice(index < 0 ? this.#agenda.length : index, 0, { at, who, act });
  }

  /** Lives through the agenda up to an instant. */
  async liveUntil(end: number): Promise<void> {
    for (let next = this.#agenda[0]; next && next.at <= end; next = this.#agenda[0]) {
      this.#agenda.shift();
      this.now = Math.max(this.now, next.at);
      this.note(`${this.now - START} ${next.who}: ${await next.act()}`);
      this.counts.events += 1;
    }
    this.now = Math.max(this.now, end);
  }

  note(line: string): void {
    this.#trace.update(`${line}\n`);
  }

  trace(): string {
    return this.#trace.digest("hex");
  }

  /**
   * Has some node do something; now and then it is interrupted by an error, a conflict or a crash. Null: nobody knows
   * what became of it, and whoever cares has to ask again.
   */
  async attempt<Value>(work: (node: ShopNode) => Promise<Value>): Promise<Value | null> {
    const place = this.random.below(this.#nodes.length);
    const node = this.#nodes[place];
    if (!node) throw new Error("there are no nodes");
    const isFaulty = !this.isCalm && this.random.chance(0.05);
    const kind = this.random.pick(KINDS);
    const moment = this.random.pick(MOMENTS);
    // Some of what is done is short, and a fault beyond its end is none.
    const at = this.random.below(this.random.pick([4, 12, 40]));
    node.plan.plan(isFaulty ? { kind, moment, at } : null);
    const done = work(node).catch(() => null);
    const value = await Promise.race([done, node.plan.death.then(() => null)]);
    if (node.plan.fired !== null) this.counts.faults += 1;
    node.plan.plan(null);
    if (node.plan.isDead) {
      this.counts.crashes += 1;
      await node.bury();
      this.#nodes[place] = await this.#openNode(this.#skewsMs[place] ?? 0);
    }
    return value;
  }

  calm(): void {
    this.isCalm = true;
    this.weather.calm();
  }

  /**
   * Contracts that nobody has been at for an hour: the database's own clock does not know how fast time passes here. They
   * are taken up in the order in which they were requested, which is the same however often the seed is lived through.
   */
  async letClaimsRunOut(): Promise<void> {
    await this.#pool.query(
      "UPDATE contracts SET claimed_until = requested_at - interval '50 years' WHERE state = 'issuing'",
    );
  }

  #openNode(skewMs: number, plan = new FaultPlan(this.weather.trouble)): Promise<ShopNode> {
    return openShopNode({
      pool: this.#pool,
      shelf: this.#shelf,
      clock: { now: () => instantOf(this.now + skewMs) },
      plan,
      drawing: QUICK_DRAWING,
      identifiers: this.#identifiers,
      hasTimestamps: () => !this.weather.isOut("timestamps"),
    });
  }
}
