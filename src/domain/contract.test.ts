import { expect, test } from "vitest";
import type { BillCycle } from "./bill.ts";
import { cycleOf, orderOf } from "./contract.ts";
import { aContract } from "./facts.fixture.ts";
import type { OrderId } from "./identifiers.ts";

test("R14: a contract on an order belongs to its number, and to no month", () => {
  const contract = aContract({ subject: { kind: "order", order: "20261101-1" as OrderId } });
  expect(orderOf(contract)).toBe("20261101-1");
  expect(cycleOf(contract)).toBeNull();
});

test("R13: a contract on a bill belongs to its month, and to no order", () => {
  const contract = aContract({ subject: { kind: "bill", cycle: "2026-10" as BillCycle } });
  expect(orderOf(contract)).toBeNull();
  expect(cycleOf(contract)).toBe("2026-10");
});
