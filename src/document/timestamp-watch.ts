import { randomBytes } from "node:crypto";
import type { TimestampGate, TimestampTrouble } from "../application/timestamp-gate.ts";
import type { TimestampClient } from "./seal/timestamp-client.ts";
import type { TimestampOutcome } from "./seal/timestamp-token.ts";

/** So long a timestamp that held is taken for a sign that the next will. */
const GOOD_FOR_MS = 20_000;
/** So long a failure is taken for the answer to who asks next, that an authority which hangs does not hold up each. */
const BAD_FOR_MS = 1_000;

/** A client that remembers how its authority has answered lately, and says so when that changes. */
export interface TimestampWatch extends TimestampGate {
  readonly client: TimestampClient;
}

/**
 * Watches every answer that the client gets. `nowMs` is a clock that only goes forward; `report` gets one line when the
 * authority begins to fail, fails otherwise than before, or answers again.
 */
export function watchTimestamps(
  client: TimestampClient,
  nowMs: () => number,
  report: (line: string) => void,
): TimestampWatch {
  let last: { readonly atMs: number; readonly trouble: TimestampTrouble | null } | null = null;
  let asking: Promise<TimestampTrouble | null> | null = null;

  const note = (outcome: TimestampOutcome): TimestampTrouble | null => {
    const trouble = outcome.ok ? null : { reason: outcome.reason, detail: outcome.detail };
    const before = last?.trouble ?? null;
    if (trouble && trouble.reason !== before?.reason) {
      report(`the timestamp authority gives no timestamp that holds: ${trouble.reason}: ${trouble.detail}`);
    }
    if (!trouble && before) report("the timestamp authority gives timestamps that hold again");
    last = { atMs: nowMs(), trouble };
    return trouble;
  };
  const watched: TimestampClient = {
    async timestamp(bytes) {
      const outcome = await client.timestamp(bytes);
      note(outcome);
      return outcome;
    },
  };
  const probe = async (): Promise<TimestampTrouble | null> => {
    try {
      return note(await client.timestamp(randomBytes(32)));
    } finally {
      asking = null;
    }
  };
  return {
    isConfigured: true,
    client: watched,
    answeredLately: () => last !== null && last.trouble === null && nowMs() - last.atMs < GOOD_FOR_MS,
    findTrouble() {
      if (last?.trouble && nowMs() - last.atMs < BAD_FOR_MS) return Promise.resolve(last.trouble);
      // Who asks while somebody else does gets the same answer.
      asking ??= probe();
      return asking;
    },
  };
}

/** Where no authority is configured there is nothing to wait for. */
export const NO_TIMESTAMPS: TimestampGate = {
  isConfigured: false,
  answeredLately: () => true,
  findTrouble: async () => null,
};
