import { setTimeout } from "node:timers/promises";
import { type Caller, machine, read } from "../../http/caller.ts";
import { orderBody } from "../../http/order-body.ts";
import type { TorturedService } from "./tortured-service.ts";

export interface SteadyLoad {
  /** Lets everybody finish what is begun, and answers what they were told. */
  stop(): Promise<Told>;
}

export interface Told {
  /** The number under which each order has its contract. */
  readonly numbers: ReadonlyMap<string, string>;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** A sentence for each answer that must not be given. */
  readonly failures: readonly string[];
}

const PEOPLE = 4;
const PAUSE_MS = 100;
/** Nobody asks for longer than this. */
const PATIENCE_MS = 60_000;

/** People who, one order after the other, place and request; and who ask again, with the same key, when told to. */
export function startLoad(service: TorturedService, prefix: string): SteadyLoad {
  const statuses = new Map<number, number>();
  const numbers = new Map<string, string>();
  const failures: string[] = [];
  let isOver = false;
  const insist = async (what: string, good: readonly number[], ask: () => Promise<Response>) => {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const response = await ask();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (good.includes(response.status)) return response;
      if (response.status !== 503 || performance.now() > until) {
        failures.push(`${what}: answered ${response.status} ${await response.text()}`);
        return null;
      }
      if (!response.headers.has("retry-after")) failures.push(`${what}: 503 does not say when to ask again`);
      await response.body?.cancel();
      await setTimeout(PAUSE_MS);
    }
  };
  const work = async (person: number, caller: Caller) => {
    for (let turn = 0; !isOver; turn++) {
      const order = `${prefix}-${person}-${turn}`;
      await insist(`${order} placed`, [200], () => caller.put(`/v1/orders/${order}`, orderBody()));
      const key = { "idempotency-key": order };
      const request = () => caller.post(`/v1/orders/${order}/contract`, {}, key);
      const answer = await insist(`${order} requested`, [201, 202], request);
      if (answer) numbers.set(order, (await read<{ number: string }>(answer)).number);
    }
  };
  const working = Promise.all(Array.from({ length: PEOPLE }, (_, person) => work(person, machine(service))));
  return {
    stop: async () => {
      isOver = true;
      await working;
      return { numbers, statuses, failures };
    },
  };
}
