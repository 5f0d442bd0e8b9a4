import { beforeEach, describe, expect, test } from "vitest";
import type { TimestampOutcome } from "./seal/timestamp-token.ts";
import { NO_TIMESTAMPS, type TimestampWatch, watchTimestamps } from "./timestamp-watch.ts";

const HOLDS: TimestampOutcome = { ok: true, token: Uint8Array.of(1) };
const DOWN: TimestampOutcome = { ok: false, reason: "unreachable", detail: "connect ECONNREFUSED" };
const LIES: TimestampOutcome = { ok: false, reason: "wrong_imprint", detail: "the token is for other bytes" };

let answer: TimestampOutcome;
let asked: number;
let nowMs: number;
let said: string[];
let watch: TimestampWatch;
beforeEach(() => {
  [answer, asked, nowMs, said] = [HOLDS, 0, 1_000, []];
  const client = {
    timestamp: async () => {
      asked++;
      return answer;
    },
  };
  watch = watchTimestamps(
    client,
    () => nowMs,
    (line) => said.push(line),
  );
});

describe("whether contracts can have their timestamp", () => {
  test("is not known at the beginning, and found out by asking for one", async () => {
    expect(watch.answeredLately()).toBe(false);
    expect(await watch.findTrouble()).toBeNull();
    expect([watch.answeredLately(), asked]).toEqual([true, 1]);
  });

  test("is known for twenty seconds from any timestamp that held, also a contract's own", async () => {
    await watch.client.timestamp(Buffer.from("a signature"));
    nowMs += 19_999;
    expect(watch.answeredLately()).toBe(true);
    nowMs += 1;
    expect(watch.answeredLately()).toBe(false);
  });

  test("is in doubt again with the first that does not hold", async () => {
    await watch.findTrouble();
    answer = LIES;
    expect(await watch.client.timestamp(Buffer.from("a signature"))).toBe(LIES);
    expect(watch.answeredLately()).toBe(false);
    expect(await watch.findTrouble()).toEqual({ reason: "wrong_imprint", detail: "the token is for other bytes" });
  });

  test("a failure answers those who ask within a second; then the authority is asked again", async () => {
    answer = DOWN;
    expect(await watch.findTrouble()).toMatchObject({ reason: "unreachable" });
    nowMs += 999;
    answer = HOLDS;
    expect(await watch.findTrouble()).toMatchObject({ reason: "unreachable" });
    nowMs += 1;
    expect(await watch.findTrouble()).toBeNull();
    expect(asked).toBe(2);
  });

  test("who asks while somebody else does gets the same answer", async () => {
    answer = DOWN;
    const answers = await Promise.all([1, 2, 3].map(() => watch.findTrouble()));
    expect(answers.map((trouble) => trouble?.reason)).toEqual(Array(3).fill("unreachable"));
    expect(asked).toBe(1);
  });

  test("is no question where no authority is configured", async () => {
    expect([NO_TIMESTAMPS.answeredLately(), await NO_TIMESTAMPS.findTrouble()]).toEqual([true, null]);
  });
});

test("the log has one line for each change, not for each attempt", async () => {
  for (const outcome of [HOLDS, DOWN, DOWN, LIES, LIES, HOLDS, HOLDS]) {
    answer = outcome;
    await watch.client.timestamp(Buffer.from("a signature"));
  }
  expect(said).toEqual([
    "the timestamp authority gives no timestamp that holds: unreachable: connect ECONNREFUSED",
    "the timestamp authority gives no timestamp that holds: wrong_imprint: the token is for other bytes",
    "the timestamp authority gives timestamps that hold again",
  ]);
});
