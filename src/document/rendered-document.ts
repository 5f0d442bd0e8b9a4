/** A contract to be sealed, or a preview that carries a watermark and is never sealed (R21). */
export type RenderPurpose = "contract" | "preview";

/** An unsealed PDF and the place that its template keeps free for the seal. */
export interface RenderedDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly seal: {
    /** 1 = the first page. */
    readonly page: number;
    /** Left, bottom, right, top in PDF points from the bottom left of the page. */
    readonly rect: readonly [number, number, number, number];
  };
}
