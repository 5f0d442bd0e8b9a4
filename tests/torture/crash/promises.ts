import { setTimeout as sleep } from "node:timers/promises";
import type { Acknowledged } from "./check-everything.ts";
import type { Action } from "./node-messages.ts";
import type { CrashNode } from "./running-node.ts";

const PATIENCE_MS = 60_000;
const ASK_AGAIN_AFTER_MS = 200;

/** What nodes have promised so far. */
export class Promises {
  readonly acknowledged: Acknowledged[] = [];

  /**
   * Has it done by the node, and again where the node says that the books cannot be had at the moment, as a caller does who
   * is told to come later. Its steps; or null where the node died before it answered. Throws where it failed otherwise.
   */
  async attempt(node: CrashNode, action: Action): Promise<readonly string[] | null> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const acted = await node.act(action);
      if (acted.kind === "died") return null;
      if (acted.kind === "done") {
        this.acknowledged.push(...promisesOf(action, acted.answer));
        return acted.steps;
      }
      if (!acted.passes || performance.now() > until) {
        throw new Error(`${JSON.stringify(action)}: ${acted.reason}\n${node.said()}`);
      }
      await sleep(ASK_AGAIN_AFTER_MS);
    }
  }
}

/** Under which number which order, or which month's bill, has its contract, by the answer to this. */
function promisesOf(action: Action, answer: string): readonly Acknowledged[] {
  switch (action.kind) {
    case "request":
      return [{ subject: action.order, number: answer }];
    case "requestBill":
      return [{ subject: action.cycle, number: answer }];
    case "batch": {
      const numbers = answer.split(" ");
      return action.orders.map((subject, index) => ({ subject, number: numbers[index] ?? "" }));
    }
    default:
      return [];
  }
}
