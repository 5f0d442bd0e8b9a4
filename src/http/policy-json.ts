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
  basedOn: Type.Integer({ description: "The version it was written against" }),
  draftedBy: Type.String(),
  draftedAt: Instant,
  rules: PolicyDocument,
});

export function policyJson({ version, ...rules }: Policy): Static<typeof PolicySchema> {
  return { version, rules: documentOf(rules) };
}

export function draftJson({ basedOn, draftedBy, draftedAt, body }: PolicyDraft): Static<typeof DraftSchema> {
  return { basedOn, draftedBy, draftedAt: isoOf(draftedAt), rules: documentOf(body) };
}

/** The rules as a document that can be changed and handed back. */
function documentOf(rules: PolicyBody): PolicyDocument {
  return structuredClone(rules) as PolicyDocument;
}
