import { type Static, Type } from "typebox";
import type { PolicyDraft } from "../application/policy-books.ts";
import { PolicyDocument } from "../application/policy-document.ts";
import type { Policy, PolicyBody } from "../domain/policy.ts";
import { isoOf } from "../domain/time.ts";
import { Instant } from "./schema-parts.ts";

export const PolicySchema = Type.Object(
  { version: Type.Integer({ description: "Named by every decision and contract it made" }), rules: PolicyDocument },
  { $id: "Policy" },
);

export const DraftSchema = Type.Object({
  draft: Type.String({ description: "Its id; every draft that is written has another" }),
  basedOn: Type.Integer({ description: "The version it was written against" }),
  draftedBy: Type.String(),
  draftedAt: Instant,
  rules: PolicyDocument,
});

/** What whoever publishes has looked over. */
export const LookedOver = Type.Union([
  Type.Object(
    {
      draft: Type.Optional(
        Type.String({
          maxLength: 40,
          description: "Id of the draft that was looked over; another one is not published",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  Type.Null(),
]);

export function policyJson({ version, ...rules }: Policy): Static<typeof PolicySchema> {
  return { version, rules: documentOf(rules) };
}

export function draftJson({ id, basedOn, draftedBy, draftedAt, body }: PolicyDraft): Static<typeof DraftSchema> {
  return { draft: id, basedOn, draftedBy, draftedAt: isoOf(draftedAt), rules: documentOf(body) };
}

/** The rules as a document that can be changed and handed back. */
function documentOf(rules: PolicyBody): PolicyDocument {
  return structuredClone(rules) as PolicyDocument;
}
