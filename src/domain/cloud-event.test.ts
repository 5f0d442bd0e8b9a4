import { expect, test } from "vitest";
import { cloudEventBody, cloudEventOf, type NumberedEvent, parseSequence, sequenceOf } from "./cloud-event.ts";
import type { AccountId } from "./identifiers.ts";
import { instantOf } from "./time.ts";

const EVENT: NumberedEvent = {
  id: "01a206f9-30c2-731c-b6fb-f986c8361082",
  position: 42,
  type: "contract.voided",
  at: instantOf(Date.parse("2026-11-28T08:00:00.5Z")),
  account: "acct-1" as AccountId,
  subject: "DEMO-202611-000001-X",
  data: { standing: "void", reason: "买方名称有误", order: null },
};

test("an event is written as a CloudEvent 1.0, with the names that the standard allows", () => {
  expect(cloudEventOf(EVENT)).toEqual({
    specversion: "1.0",
    id: EVENT.id,
    source: "/v1/events",
    type: "contract.voided",
    subject: EVENT.subject,
    time: "2026-11-28T08:00:00.500Z",
    datacontenttype: "application/json",
    account: "acct-1",
    sequence: "0000000000000042",
    data: EVENT.data,
  });
  // CloudEvents 1.0.2, "Attribute Naming Convention": lower-case letters and digits.
  expect(Object.keys(cloudEventOf(EVENT)).every((name) => /^[a-z0-9]{1,20}$/.test(name))).toBe(true);
});

test("however its data is ordered, the bytes are the same", () => {
  const { standing, reason, order } = EVENT.data;
  const swapped = { ...EVENT, data: { order: order ?? null, reason: reason ?? null, standing: standing ?? null } };
  expect(cloudEventBody(swapped)).toBe(cloudEventBody(EVENT));
  expect(JSON.parse(cloudEventBody(EVENT))).toEqual(cloudEventOf(EVENT));
});

test("sequences sort as text as their numbers do, and are read with or without their zeros", () => {
  const numbers = [1, 9, 10, 99, 12_345, Number.MAX_SAFE_INTEGER];
  expect(numbers.map(sequenceOf).toSorted()).toEqual(numbers.map(sequenceOf));
  expect(numbers.map((number) => parseSequence(sequenceOf(number)))).toEqual(numbers);
  expect(["42", "0", "-1", "1.5", "", "9999999999999999", "1e3"].map(parseSequence)).toEqual([
    42,
    0,
    ...Array(5).fill(null),
  ]);
});
