import type { DrawnPages, RenderTask } from "./rendered-document.ts";

/** What the pool asks of a child: one document at a time. */
export interface RenderRequest {
  readonly id: number;
  readonly task: RenderTask;
}

/** What a child says: once that it is warm, then one answer for each request. */
export type RenderAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "rendered"; readonly id: number; readonly document: DrawnPages }
  | { readonly kind: "failed"; readonly id: number; readonly reason: string };
