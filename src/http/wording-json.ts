import { type Static, Type } from "typebox";
import type { WordingDraft } from "../application/wording-books.ts";
import { WordingDocument } from "../application/wording-document.ts";
import type { SellerWording, WordingBody } from "../domain/seller-wording.ts";
import { isoOf } from "../domain/time.ts";
import { Instant } from "./schema-parts.ts";

export const WordingSchema = Type.Object(
  {
    seller: Type.String(),
    version: Type.Integer({
      description: "Named by every contract drawn up with it; 0 while every clause is the library's",
    }),
    wording: WordingDocument,
  },
  { $id: "Wording", description: "A seller's own wording of clauses" },
);

export const WordingDraftSchema = Type.Object({
  draft: Type.String({ description: "Its id; every draft that is written has another" }),
  seller: Type.String(),
  basedOn: Type.Integer({ description: "The version it was written against" }),
  draftedBy: Type.String(),
  draftedAt: Instant,
  wording: WordingDocument,
});

export function wordingJson(seller: string, { version, ...body }: SellerWording): Static<typeof WordingSchema> {
  return { seller, version, wording: documentOf(body) };
}

export function wordingDraftJson(draft: WordingDraft): Static<typeof WordingDraftSchema> {
  const { id, seller, basedOn, draftedBy, draftedAt, body } = draft;
  return { draft: id, seller, basedOn, draftedBy, draftedAt: isoOf(draftedAt), wording: documentOf(body) };
}

/** The wording as a document that can be changed and handed back. */
function documentOf(body: WordingBody): WordingDocument {
  return structuredClone(body) as WordingDocument;
}
