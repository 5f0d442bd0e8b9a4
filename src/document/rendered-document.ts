import type { RenderedDocument } from "../application/ports.ts";

/** A contract to be sealed, or a preview that carries a watermark and is never sealed (R21). */
export type RenderPurpose = "contract" | "preview";

/** An unsealed PDF, the place that its template keeps free for the seal, and how many pages there are. */
export interface DrawnDocument extends RenderedDocument {
  readonly pages: number;
}
