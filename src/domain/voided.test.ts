import { describe, expect, test } from "vitest";
import { aContract, anOrder, at } from "./facts.fixture.ts";
import { lifeOf } from "./order-life.ts";
import { voidedText } from "./refusal-text.ts";
import { standingOf, voidedOf } from "./standing.ts";

const NOW = at("2026-12-30T10:00:00+08:00");
const HOLD = at("2026-12-01T16:00:00Z");
const DESK = { at: at("2026-11-20T09:00:00+08:00"), reason: "买方名称有误" };

function cancelled(iso: string, paid: string | null = null) {
  const reports = [
    { revision: 1, status: { state: "unpaid" } as const },
    ...(paid === null ? [] : [{ revision: 2, status: { state: "paid", paidAt: at(paid) } as const }]),
    { revision: 3, status: { state: "cancelled", cancelledAt: at(iso) } as const },
  ];
  return anOrder({ status: { state: "cancelled", cancelledAt: at(iso) }, life: lifeOf(reports) });
}

describe("R9, R22: since when and why a contract is void", () => {
  test("its order was cancelled: since that instant", () => {
    const order = cancelled("2026-11-25T12:00:00+08:00");
    expect(voidedOf(aContract({ holdUntil: HOLD }), order, NOW)).toEqual({
      by: "order",
      at: at("2026-11-25T12:00:00+08:00"),
    });
  });

  test("the desk voided it: with the desk's own reason", () => {
    expect(voidedOf(aContract({ voided: DESK }), anOrder(), NOW)).toEqual({ by: "desk", ...DESK });
  });

  test("both: whichever came first", () => {
    const contract = aContract({ voided: DESK, holdUntil: HOLD });
    expect(voidedOf(contract, cancelled("2026-11-19T12:00:00+08:00"), NOW)?.by).toBe("order");
    expect(voidedOf(contract, cancelled("2026-11-21T12:00:00+08:00"), NOW)?.by).toBe("desk");
    expect(voidedOf(contract, cancelled("2026-11-20T09:00:00+08:00"), NOW)?.by).toBe("desk");
  });

  test("a contract that had lapsed before its order was cancelled was not voided by that", () => {
    const order = cancelled("2026-12-20T12:00:00+08:00");
    const later = { at: at("2026-12-25T09:00:00+08:00"), reason: "清理" };
    const lapsed = aContract({ holdUntil: HOLD });
    expect([standingOf(lapsed, order, NOW), voidedOf(lapsed, order, NOW)]).toEqual(["lapsed", null]);
    expect(voidedOf(aContract({ holdUntil: HOLD, voided: later }), order, NOW)).toEqual({ by: "desk", ...later });
  });

  test("a contract that is worth something is not void", () => {
    expect(voidedOf(aContract(), anOrder(), NOW)).toBeNull();
    expect(voidedOf(aContract(), null, NOW)).toBeNull();
  });

  test("one on a bill is voided by the desk only; one that is being sealed by its order only", () => {
    expect(voidedOf(aContract({ voided: DESK }), null, NOW)?.by).toBe("desk");
    const { form: _form, issuedAt: _at, document: _document, voided: _voided, ...facts } = aContract();
    const issuing = { ...facts, state: "issuing", waitingFor: null } as const;
    expect(voidedOf(issuing, cancelled("2026-11-25T12:00:00+08:00"), NOW)?.by).toBe("order");
  });

  test("it is told in words", () => {
    expect(voidedText({ by: "order", at: NOW })).toEqual({ "zh-CN": "订单已取消", en: "The order was cancelled" });
    expect(voidedText({ by: "desk", ...DESK })).toEqual({ "zh-CN": DESK.reason, en: DESK.reason });
  });
});
