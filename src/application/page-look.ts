/** What is wrong with a page that was looked at as its reader sees it; `text` is some of what stands there. */
export type PageFault =
  | { readonly kind: "outside_margins"; readonly page: number; readonly text: string }
  | { readonly kind: "overlapping_text"; readonly page: number; readonly text: string }
  | { readonly kind: "unreadable_text"; readonly page: number }
  | { readonly kind: "empty_page"; readonly page: number };

/** A document's pages as PNG images in their order, and the faults found on them. */
export interface PageLook {
  readonly images: readonly Uint8Array[];
  readonly faults: readonly PageFault[];
}
