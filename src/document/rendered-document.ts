import type { RenderedDocument, SealPlacement } from "../application/ports.ts";
import type { BusinessChecklist } from "../domain/business-checklist.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";

/** What can be drawn: a contract to be sealed, its preview (R21), or the checklist of an unpaid order (R15). */
export type RenderTask =
  | { readonly kind: "contract"; readonly snapshot: ContractSnapshot }
  | { readonly kind: "preview"; readonly snapshot: ContractSnapshot }
  | { readonly kind: "checklist"; readonly checklist: BusinessChecklist };

/** An unsealed PDF and how many pages it has; `seal` is null for what is never sealed. */
export interface DrawnPages {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly seal: SealPlacement | null;
}

/** An unsealed contract, the place that its template keeps free for the seal, and how many pages there are. */
export interface DrawnDocument extends RenderedDocument {
  readonly pages: number;
}
