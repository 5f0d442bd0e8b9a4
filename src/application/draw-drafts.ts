import { checklistOf } from "../domain/business-checklist.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { AccountId, OrderId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { RequestDetails } from "../domain/snapshot-parties.ts";
import { undrawableDetail } from "./buyer-details.ts";
import { faultOfDraft } from "./draft-fault.ts";
import type { Clock, DraftRenderer, GlyphCoverage, Ledger } from "./ports.ts";
import { prepareContract, readOrderFacts, type Wanted } from "./prepare-contract.ts";

export interface DrawDraftPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
  readonly drafts: DraftRenderer;
  /** True when the seal comes from a demonstration authority. */
  readonly demo: boolean;
}

export type DrawnDraft =
  | { readonly kind: "drawn"; readonly pdf: Uint8Array }
  | { readonly kind: "refused"; readonly refuse: Refuse }
  | { readonly kind: "invalid"; readonly fault: InputFault }
  | { readonly kind: "not_found" };

/** What the contract would say now, watermarked and unsealed; it occupies nothing and is stored nowhere (R21). */
export async function drawPreview(ports: DrawDraftPorts, wanted: Wanted): Promise<DrawnDraft> {
  const fault = undrawableDetail(ports.glyphs, wanted.details);
  if (fault) return { kind: "invalid", fault };
  const moment = { at: ports.clock.now(), demo: ports.demo };
  const prepared = await ports.ledger.transaction((transaction) => prepareContract(transaction, wanted, moment));
  if (prepared.kind !== "ready") return prepared;
  const unprintable = faultOfDraft(ports.glyphs, prepared.draft);
  if (unprintable) return { kind: "invalid", fault: unprintable };
  return { kind: "drawn", pdf: await ports.drafts.preview(prepared.draft) };
}

export type DrawnChecklist = DrawnDraft | { readonly kind: "not_unpaid" };

/** The business checklist of an unpaid order (R15): no contract, no seal, and it says so. */
export async function drawChecklist(
  ports: DrawDraftPorts,
  accountId: AccountId,
  orderId: OrderId,
  details: RequestDetails,
): Promise<DrawnChecklist> {
  const fault = undrawableDetail(ports.glyphs, details);
  if (fault) return { kind: "invalid", fault };
  const at = ports.clock.now();
  const checklist = await ports.ledger.transaction(async (transaction) => {
    const order = await transaction.lockOrder(accountId, orderId);
    const read = order && (await readOrderFacts(transaction, order, at));
    if (!read) return "not_found";
    const { status, life } = read.facts.order;
    if (status.state !== "unpaid" || life.cancelledAt !== null) return "not_unpaid";
    const products = await transaction.products(read.facts.order.lines.map(({ product }) => product));
    return checklistOf({ facts: read.facts, products, details, demo: ports.demo });
  });
  if (typeof checklist === "string") return { kind: checklist };
  const unprintable = faultOfDraft(ports.glyphs, checklist);
  if (unprintable) return { kind: "invalid", fault: unprintable };
  return { kind: "drawn", pdf: await ports.drafts.checklist(checklist) };
}
