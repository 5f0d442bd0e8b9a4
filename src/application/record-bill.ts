import type { Bill } from "../domain/bill.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { Actor, Clock, GlyphCoverage, Ledger } from "./ports.ts";
import { sameContent } from "./same-content.ts";
import { undrawableCharacter } from "./undrawable-character.ts";

export interface RecordBillPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
}

/** What became of a reported bill; `stale`: an open state reported after the final one changes nothing. */
export type RecordedBill = "created" | "updated" | "unchanged" | "stale";

/**
 * Stores a month's bill as it now is (R13). A final bill never changes. Faults: unknown account or seller, other
 * content of a final bill, an undrawable character.
 */
export async function recordBill(
  { ledger, clock, glyphs }: RecordBillPorts,
  actor: Actor,
  bill: Bill,
): Promise<Result<RecordedBill, InputFault>> {
  const undrawable = findUndrawable(bill, glyphs);
  if (undrawable) return fail(undrawable);
  return ledger.transaction(async (transaction): Promise<Result<RecordedBill, InputFault>> => {
    if (!(await transaction.account(bill.account))) return fail(unknown("account", bill.account, "账号", "account"));
    if (!(await transaction.seller(bill.seller))) return fail(unknown("seller", bill.seller, "卖方", "seller"));
    // Of two first reports at once the second waits here for the first, and then finds it.
    const isNew = await transaction.enterBill(bill);
    const stored = isNew ? null : await transaction.lockBill(bill.account, bill.cycle);
    if (stored && sameContent(stored, bill)) return succeed("unchanged");
    if (stored?.state === "final") return bill.state === "open" ? succeed("stale") : fail(alreadyFinal(bill));
    if (stored) await transaction.replaceBill(bill);
    await transaction.audit({
      at: clock.now(),
      actor,
      action: stored ? "bill.updated" : "bill.created",
      account: bill.account,
      objectKind: "bill",
      objectId: bill.cycle,
      policyVersion: null,
      detail: { state: bill.state, lines: bill.lines.length },
    });
    return succeed(stored ? "updated" : "created");
  });
}

function findUndrawable(bill: Bill, glyphs: GlyphCoverage): InputFault | null {
  for (const [index, { name, description }] of bill.lines.entries()) {
    for (const [field, text] of Object.entries({ name: `${name?.["zh-CN"] ?? ""}${name?.en ?? ""}`, description })) {
      const [character] = glyphs.missingCharacters(text);
      if (character) return undrawableCharacter(`lines[${index}].${field}`, character);
    }
  }
  return null;
}

function unknown(field: string, id: string, zh: string, en: string): InputFault {
  return {
    field,
    message: {
      "zh-CN": `${field}：${zh}“${id}”尚未登记，请先登记。`,
      en: `${field}: the ${en} "${id}" is not known here; create it first.`,
    },
  };
}

function alreadyFinal({ account, cycle }: Bill): InputFault {
  return {
    field: "state",
    message: {
      "zh-CN": `state：账号“${account}”${cycle} 的账单已出账，内容不能再变；如有调整，请计入之后的账单。`,
      en: `state: the bill ${cycle} of "${account}" is final and cannot change; put corrections into a later bill.`,
    },
  };
}
