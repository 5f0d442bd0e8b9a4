import { afterAll, beforeAll, expect, test } from "vitest";
import { draftPolicy, publishPolicy } from "../src/application/change-policy.ts";
import { requestContracts } from "../src/application/request-contracts.ts";
import { parseOrderId } from "../src/domain/identifiers.ts";
import { DEFAULT_POLICY } from "../src/domain/policy.ts";
import { emptyDetails } from "../src/domain/snapshot-parties.ts";
import { type IssuingBench, openIssuingBench } from "./store/issuing-bench.ts";

let bench: IssuingBench;
beforeAll(async () => {
  bench = await openIssuingBench();
});
afterAll(() => bench.close());

test.each(["Alice", " alice ", "ＡＬＩＣＥ"])(
  "%j is the person who drafted as alice, and may not publish",
  async (id) => {
    const { version: _version, ...rules } = DEFAULT_POLICY;
    await draftPolicy(bench.services, { kind: "operator", id: "alice" }, { ...rules, identityRequired: false });
    expect(await publishPolicy(bench.services, { kind: "operator", id })).toMatchObject({
      kind: "second_person_needed",
    });
  },
);

test("one order of a batch that breaks leaves the others their results (R23)", async () => {
  const orders = ["BATCH-1", "BATCH-2", "BATCH-3"].flatMap((text) => parseOrderId(text) ?? []);
  for (const order of orders) await bench.place(order);
  const ports = bench.quickPorts();
  let asked = 0;
  const ledger: typeof ports.ledger = {
    ...ports.ledger,
    accountOfOrder: (order) => {
      asked += 1;
      return order === orders[1]
        ? Promise.reject(new Error("the connection is lost"))
        : ports.ledger.accountOfOrder(order);
    },
  };
  const details = emptyDetails("en");
  const actor = { kind: "machine", id: "test" } as const;
  const outcomes = await requestContracts({ ...ports, ledger }, actor, null, orders, details, null);
  expect(orders.map((order) => outcomes.get(order)?.kind)).toEqual(["issued", "broken", "issued"]);
  expect(asked).toBe(3);
});
