import type { ContractSubject } from "../domain/contract.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Seller } from "../domain/parties.ts";
import { LIBRARY_WORDS, type SellerWording } from "../domain/seller-wording.ts";
import { faultOfWording } from "../domain/wording-fault.ts";
import { undrawableDetail } from "./buyer-details.ts";
import { faultOfDraft } from "./draft-fault.ts";
import type { DrawDraftPorts, DrawnDraft } from "./draw-drafts.ts";
import type { LedgerTransaction } from "./ports.ts";
import { prepareContract, type Wanted } from "./prepare-contract.ts";

/** Which of a seller's wordings; a number is a version that was published, 0 the library's own words. */
export type WordingChoice = "in_force" | "draft" | number;

export type TriedWording = DrawnDraft | { readonly kind: "no_wording_draft" };

/**
 * What the contract would say in that wording of its seller's, watermarked and unsealed; it occupies nothing and is stored
 * nowhere (R21). An order or a bill that has its contract can be tried on, too: a trial takes nobody's place.
 */
export async function tryWording(ports: DrawDraftPorts, wanted: Wanted, choice: WordingChoice): Promise<TriedWording> {
  const fault = undrawableDetail(ports.glyphs, wanted.details);
  if (fault) return { kind: "invalid", fault };
  const moment = { at: ports.clock.now(), demo: ports.demo };
  const prepared = await ports.ledger.transaction(async (transaction) => {
    const seller = await sellerOf(transaction, wanted.account, wanted.subject);
    if (!seller) return { kind: "not_found" as const };
    const chosen = await wordingOf(transaction, seller, choice);
    return "kind" in chosen ? chosen : prepareContract(booksWith(transaction, chosen), wanted, moment);
  });
  if (prepared.kind !== "ready") return prepared;
  const unprintable = faultOfDraft(ports.glyphs, prepared.draft);
  if (unprintable) return { kind: "invalid", fault: unprintable };
  return { kind: "drawn", pdf: await ports.drafts.preview(prepared.draft) };
}

async function sellerOf(
  transaction: LedgerTransaction,
  account: AccountId,
  subject: ContractSubject,
): Promise<Seller | null> {
  if (subject.kind === "bill") {
    const bill = await transaction.lockBill(account, subject.cycle);
    return bill && transaction.seller(bill.seller);
  }
  const order = await transaction.lockOrder(account, subject.order);
  return order && transaction.sellerOf(order.channel);
}

async function wordingOf(
  transaction: LedgerTransaction,
  { id, wording }: Seller,
  choice: WordingChoice,
): Promise<SellerWording | Extract<TriedWording, { kind: "invalid" | "no_wording_draft" }>> {
  const current = wording ?? LIBRARY_WORDS;
  if (choice === "in_force") return current;
  if (choice === 0) return LIBRARY_WORDS;
  if (choice === "draft") {
    const draft = await transaction.openWordingDraft(id);
    if (!draft) return { kind: "no_wording_draft" };
    // Written under an earlier release that took what this one does not.
    const fault = faultOfWording(draft.body);
    return fault ? { kind: "invalid", fault } : { ...draft.body, version: draft.basedOn + 1 };
  }
  const former = await transaction.wording(id, choice);
  return former ?? { kind: "invalid", fault: noSuchVersion(choice, current.version) };
}

/** The books as they would be with this wording in force and nothing occupied. */
function booksWith(transaction: LedgerTransaction, wording: SellerWording): LedgerTransaction {
  const worded = (seller: Seller | null) => seller && { ...seller, wording };
  return {
    ...transaction,
    seller: async (seller) => worded(await transaction.seller(seller)),
    sellerOf: async (channel) => worded(await transaction.sellerOf(channel)),
    contractOn: async () => null,
  };
}

function noSuchVersion(version: number, newest: number): InputFault {
  return {
    field: "wording",
    message: {
      "zh-CN": `wording：该卖方的条款没有第 ${version} 版，最新为第 ${newest} 版（第 0 版即条款库原文）；可填 in_force、draft 或已发布的版本号。`,
      en: `wording: this seller's wording has no version ${version}; the newest is ${newest}, and 0 is the library's own words. Give in_force, draft or a version that was published.`,
    },
  };
}
