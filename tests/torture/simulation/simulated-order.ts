import { parseOrderDocument } from "../../../src/application/order-document.ts";
import { recordOrder } from "../../../src/application/record-order.ts";
import { requestContract } from "../../../src/application/request-contract.ts";
import { voidContract } from "../../../src/application/void-contract.ts";
import type { ContractNumber, OrderId, SellerId } from "../../../src/domain/identifiers.ts";
import { emptyDetails } from "../../../src/domain/snapshot-parties.ts";
import type { Report } from "../../model/promises.ts";
import { documentOf, SAMPLES } from "../../model/sample-orders.ts";
import { SIMULATED, type SimulatedShop } from "./simulated-shop.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SELLER = "demo-cloud" as SellerId;
/** Plain, with a short term, pay-as-you-go, a domain: all can be contracted before they are paid. */
const CONTRACTABLE = [0, 1, 2, 3] as const;

/** One order of a simulated shop, and what its buyer and its source were told. */
export class SimulatedOrder {
  readonly id: OrderId;
  readonly name: string;
  readonly sample;
  readonly placedAt: number;
  /** Everything that its source says of it, sooner or later. */
  readonly reports: readonly Report[];
  /** The contract that the buyer was told of, and whether the desk was told that it is void now; null while there is none. */
  promised: ContractNumber | null = null;
  wasToldVoid = false;
  readonly refusals = new Set<string>();
  readonly #shop: SimulatedShop;

  constructor(shop: SimulatedShop, name: string, placedAt: number) {
    this.#shop = shop;
    this.name = name;
    this.id = `${shop.account}-${name}` as OrderId;
    this.placedAt = placedAt;
    const sample = SAMPLES[shop.random.pick(CONTRACTABLE)] ?? SAMPLES[0];
    if (!sample) throw new Error("there are no samples");
    this.sample = sample;
    this.reports = historyOf(shop, placedAt);
  }

  /** Plans what source, buyer and desk do about it. */
  begin(): void {
    const { random } = this.#shop;
    for (const report of this.reports) this.#send(report);
    const wishes = random.pick([0, 1, 1, 1, 2]);
    for (let wish = 0; wish < wishes; wish++) {
      const at = this.placedAt + random.below(random.pick([HOUR, DAY, 12 * DAY]));
      this.#shop.plan(at, "buyer", () => this.#request(`${this.name}-${wish}`));
    }
    if (random.chance(0.08)) this.#shop.plan(this.placedAt + random.below(20 * DAY), "desk", () => this.#void());
  }

  /** A report is on its way for up to half a day, passes others, and sometimes comes again. */
  #send(report: Report): void {
    const { random } = this.#shop;
    const sentAt = Math.max(this.placedAt, report.happenedAt);
    const copies = random.chance(0.2) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const delay = random.chance(0.3) ? random.below(12 * HOUR) : random.below(MINUTE);
      this.#shop.plan(sentAt + delay, "source", () => this.#deliver(report));
    }
  }

  /** What is not acknowledged is sent again. */
  async #deliver(report: Report): Promise<string> {
    const { account } = this.#shop;
    const document = documentOf(this.sample, this.placedAt, report);
    const parsed = parseOrderDocument(document, { account, order: this.id, seller: SELLER });
    if (!parsed.ok) throw new Error(`the simulation sends no valid order: ${parsed.fault.message.en}`);
    const recorded = await this.#shop.attempt(({ ports }) => recordOrder(ports, SIMULATED, parsed.value));
    if (recorded === null) this.#shop.plan(this.#shop.now + 10 * MINUTE, "source", () => this.#deliver(report));
    else if (!recorded.ok) throw new Error(`a report was refused: ${recorded.fault.message.en}`);
    return `${this.name} revision ${report.revision} ${recorded?.ok ? recorded.value : "unanswered"}`;
  }

  /** What is not answered is asked again under the same key. */
  async #request(key: string): Promise<string> {
    const { account } = this.#shop;
    const outcome = await this.#shop.attempt(({ ports }) =>
      requestContract(ports, SIMULATED, {
        account,
        subject: { kind: "order", order: this.id },
        details: emptyDetails("en"),
        idempotencyKey: key,
      }),
    );
    switch (outcome?.kind) {
      case "issued":
      case "issuing":
        this.#believe(outcome.contract.number);
        // Which of the two is a matter of the machine's speed, too, and so not of the trace.
        return `${this.name} promised`;
      case "refused": {
        const { refusal } = outcome.refuse;
        this.refusals.add(refusal.code);
        if (refusal.code === "already_contracted") this.#believe(refusal.contract);
        return `${this.name} refused ${refusal.code}`;
      }
      // The order itself may still be on its way.
      default:
        this.#shop.plan(this.#shop.now + 5 * MINUTE, "buyer", () => this.#request(key));
    }
    return `${this.name} ${outcome?.kind ?? "unanswered"}`;
  }

  #believe(number: ContractNumber): void {
    if (this.promised !== null && this.promised !== number) {
      throw new Error(`${this.name} was promised as ${this.promised} and as ${number}`);
    }
    this.promised = number;
  }

  async #void(): Promise<string> {
    const { promised } = this;
    if (promised === null) return `${this.name} has nothing to void`;
    const outcome = await this.#shop.attempt(({ ports }) => voidContract(ports, SIMULATED, promised, "simulated"));
    if (outcome === "voided") this.wasToldVoid = true;
    if (outcome === null || outcome === "being_sealed") {
      this.#shop.plan(this.#shop.now + HOUR, "desk", () => this.#void());
    }
    return `${this.name} void ${outcome ?? "unanswered"}`;
  }
}

/** Placed unpaid; most are paid some days later, some of them refunded; others are cancelled, expire, or are forgotten. */
function historyOf({ random }: SimulatedShop, placedAt: number): readonly Report[] {
  const report = (revision: number, state: Report["state"], happenedAt: number, paidAt: number | null = null) => ({
    revision,
    state,
    happenedAt,
    paidAt,
    total: "106.00",
  });
  const placed = report(1, "unpaid", 0);
  const fate = random.next();
  const later = placedAt + MINUTE + random.below(random.pick([2 * HOUR, 5 * DAY, 34 * DAY]));
  if (fate < 0.1) return [placed];
  if (fate < 0.2) return [placed, report(2, "cancelled", later)];
  if (fate < 0.27) return [placed, report(2, "expired", later)];
  const paid = [placed, report(2, "paid", later)];
  if (fate < 0.8) return paid;
  if (fate < 0.9)
    return [...paid, report(3, "unpaid", later + HOUR), report(4, "paid", later + HOUR + random.below(3 * DAY))];
  return [...paid, report(3, "refunded", later + random.below(9 * DAY), random.chance(0.5) ? later : null)];
}
