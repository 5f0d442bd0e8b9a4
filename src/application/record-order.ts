import type { InputFault } from "../domain/input-fault.ts";
import type { Order } from "../domain/order.ts";
import { lifeOf } from "../domain/order-life.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { announceChange } from "./order-announcement.ts";
import type { Actor, Clock, GlyphCoverage, Identifiers, Ledger } from "./ports.ts";
import { sameContent } from "./same-content.ts";
import { undrawableCharacter } from "./undrawable-character.ts";

export interface RecordOrderPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
  readonly identifiers: Identifiers;
}

/**
 * What became of a reported order. `unchanged`: the very report is known. `stale`: a newer revision is known, so that
 * the order stays as it is; what the older report tells of the order's life is kept all the same.
 */
export type Recorded = "created" | "updated" | "unchanged" | "stale";

/**
 * Takes in a report of an order. Reports may come late, twice and in any order: what a contract is worth follows from
 * all of them (R9–R11). Faults: unknown account, a number that another account has, the same revision with other
 * content, an undrawable character.
 */
export async function recordOrder(
  { ledger, clock, glyphs, identifiers }: RecordOrderPorts,
  actor: Actor,
  reported: Order,
): Promise<Result<Recorded, InputFault>> {
  const undrawable = findUndrawable(reported, glyphs);
  if (undrawable) return fail(undrawable);
  return ledger.transaction(async (transaction): Promise<Result<Recorded, InputFault>> => {
    if (!(await transaction.account(reported.account))) return fail(unknownAccount(reported));
    if (!(await transaction.claimOrderNumber(reported.id, reported.account))) return fail(foreignNumber(reported));
    const stored = await transaction.lockOrder(reported.account, reported.id);
    const reports = stored ? await transaction.reportsOf(reported.account, reported.id) : [];
    const known = reports.find(({ revision }) => revision === reported.revision);
    if (known) return saysTheSame(known, reported) ? succeed("unchanged") : fail(otherContent(reported));
    const newest = stored && stored.revision > reported.revision ? stored : reported;
    const order: Order = { ...newest, life: lifeOf([...reports, reported]) };
    const at = clock.now();
    await transaction.saveOrder(order);
    await transaction.saveReport(reported, at);
    const outcome = stored === null ? "created" : newest === stored ? "stale" : "updated";
    await transaction.audit({
      at,
      actor,
      action: outcome === "stale" ? "order.reported_late" : `order.${outcome}`,
      account: order.account,
      objectKind: "order",
      objectId: order.id,
      policyVersion: null,
      detail: { revision: reported.revision, state: reported.status.state },
    });
    if (stored) await announceChange({ transaction, identifiers, at }, stored, order);
    return succeed(outcome);
  });
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

/** Whether two reports say the same; what follows from all the reports is not theirs. */
function saysTheSame(left: Order, right: Order): boolean {
  return sameContent({ ...left, life: null }, { ...right, life: null });
}
