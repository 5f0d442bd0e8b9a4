import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { DrawnDocument, RenderPurpose } from "./rendered-document.ts";

/** What the pool asks of a child: one document at a time. */
export interface RenderRequest {
  readonly id: number;
  readonly snapshot: ContractSnapshot;
  readonly purpose: RenderPurpose;
}

/** What a child says: once that it is warm, then one answer for each request. */
export type RenderAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "rendered"; readonly id: number; readonly document: DrawnDocument }
  | { readonly kind: "failed"; readonly id: number; readonly reason: string };
