import { setTimeout as pause } from "node:timers/promises";
import { type DeliverWebhooksPorts, deliverWebhooks } from "../../application/deliver-webhooks.ts";

const EVERY_MS = 500;
/** For answers that are on their way; what is cut short is sent again, under the same id. */
const STOP_PATIENCE_MS = 2_000;

export interface WebhookLanes {
  /** Resolves when nothing is being sent any more. */
  stop(): Promise<void>;
}

/**
 * Looks twice a second for events that have no position yet, and for endpoints that something is due for. Each endpoint
 * is sent to in a lane of its own, so that one that hangs or fails holds up no other; how many there can be is bounded by
 * the number of endpoints. `reportBroken` is told what the database or a bug keeps from going on, once while it does; it is
 * tried again.
 */
export function startWebhookLanes(ports: DeliverWebhooksPorts, reportBroken: (error: unknown) => void): WebhookLanes {
  const hurry = new AbortController();
  const stopping = new AbortController();
  const lanes = new Set<Promise<void>>();
  const open = (lane: Promise<void>): void => {
    const running = lane.catch(reportBroken).finally(() => lanes.delete(running));
    lanes.add(running);
  };
  const round = async (): Promise<void> => {
    while (!stopping.signal.aborted && (await ports.webhooks.relayEvents()) > 0);
    while (!stopping.signal.aborted) {
      const claim = await ports.webhooks.claimEndpoint();
      if (!claim) return;
      open(deliverWebhooks(ports, claim, { stopping: stopping.signal, hurry: hurry.signal }));
    }
  };
  let isBroken = false;
  const rounds = (async () => {
    while (!stopping.signal.aborted) {
      const failure = await round().then(
        () => null,
        (error: unknown) => ({ error }),
      );
      if (failure && !isBroken) reportBroken(failure.error);
      isBroken = failure !== null;
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await rounds;
      const late = setTimeout(() => hurry.abort(), STOP_PATIENCE_MS);
      await Promise.all(lanes);
      clearTimeout(late);
    },
  };
}
