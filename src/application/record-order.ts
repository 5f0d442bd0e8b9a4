import type { InputFault } from "../domain/input-fault.ts";
import type { Order } from "../domain/order.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { Actor, Clock, GlyphCoverage, Ledger } from "./ports.ts";

export interface RecordOrderPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
}

/** What became of a reported order; `unchanged` and `stale` (older revision) change nothing. */
export type Recorded = "created" | "updated" | "unchanged" | "stale";

/**
 * Stores the order as it now is. Reported again it changes nothing; an older revision changes nothing.
 * Faults: unknown account, a number that another account has, the same revision with other content, an undrawable
 * character.
 */
export async function recordOrder(
  { ledger, clock, glyphs }: RecordOrderPorts,
  actor: Actor,
  reported: Order,
): Promise<Result<Recorded, InputFault>> {
  const undrawable = findUndrawable(reported, glyphs);
  if (undrawable) return fail(undrawable);
  return ledger.transaction(async (transaction): Promise<Result<Recorded, InputFault>> => {
    if (!(await transaction.account(reported.account))) return fail(unknownAccount(reported));
    if (!(await transaction.claimOrderNumber(reported.id, reported.account))) return fail(foreignNumber(reported));
    const stored = await transaction.lockOrder(reported.account, reported.id);
    const order = withKnownPayment(reported, stored);
    if (stored && stored.revision > order.revision) return succeed("stale");
    if (stored && stored.revision === order.revision) {
      return contentOf(stored) === contentOf(order) ? succeed("unchanged") : fail(otherContent(order));
    }
    await transaction.saveOrder(order);
    await transaction.audit({
      at: clock.now(),
      actor,
      action: stored ? "order.updated" : "order.created",
      account: order.account,
      objectKind: "order",
      objectId: order.id,
      policyVersion: null,
      detail: { revision: order.revision, state: order.status.state },
    });
    return succeed(stored ? "updated" : "created");
  });
}

/** A report of a refund may leave out when the order was paid; what is on record is not forgotten (R11). */
function withKnownPayment(reported: Order, stored: Order | null): Order {
  const { status } = reported;
  if (status.state !== "refunded" || status.paidAt !== null || stored === null) return reported;
  const known = stored.status.state === "paid" || stored.status.state === "refunded" ? stored.status.paidAt : null;
  return { ...reported, status: { ...status, paidAt: known } };
}

function findUndrawable(order: Order, glyphs: GlyphCoverage): InputFault | null {
  for (const [index, line] of order.lines.entries()) {
    const texts = {
      name: `${line.name?.["zh-CN"] ?? ""}${line.name?.en ?? ""}`,
      description: line.description,
    };
    for (const [field, text] of Object.entries(texts)) {
      const [character] = glyphs.missingCharacters(text);
      if (character) return undrawableCharacter(`lines[${index}].${field}`, character);
    }
  }
  const [character] = glyphs.missingCharacters(order.domainName ?? "");
  return character ? undrawableCharacter("domain.name", character) : null;
}

/** Says which character no font can draw, and in which field. */
export function undrawableCharacter(field: string, character: string): InputFault {
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    field,
    message: {
      "zh-CN": `${field}：合同字体不支持字符“${character}”（${codePoint}），请改用其他写法。`,
      en: `${field}: the contract's fonts have no character "${character}" (${codePoint}); write it another way.`,
    },
  };
}

function unknownAccount(order: Order): InputFault {
  return {
    field: "account",
    message: {
      "zh-CN": `account：账号“${order.account}”尚未登记，请先登记账号（PUT /v1/accounts/{account}，或导入时加 --account 与 --legal-name）。`,
      en: `account: "${order.account}" is not known here; create it first (PUT /v1/accounts/{account}, or import with --account and --legal-name).`,
    },
  };
}

function foreignNumber(order: Order): InputFault {
  return {
    field: "order",
    message: {
      "zh-CN": `order：订单号“${order.id}”已属于其他账号，同一订单不能更换账号。`,
      en: `order: number "${order.id}" is already in use by another account; an order cannot change its account.`,
    },
  };
}

function otherContent(order: Order): InputFault {
  return {
    field: "revision",
    message: {
      "zh-CN": `revision：订单“${order.id}”的第 ${order.revision} 版已有不同内容，请以更大的 revision 提交变更。`,
      en: `revision: order "${order.id}" already has a revision ${order.revision} with other content; send the change with a higher revision.`,
    },
  };
}

/** JSON with amounts spelt out, for telling whether two reports say the same. */
function contentOf(order: Order): string {
  return JSON.stringify(sorted(order));
}

function sorted(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
