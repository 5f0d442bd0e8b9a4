import { type Static, Type } from "typebox";
import type { PolicyDraft, PublishedPolicy } from "../application/policy-books.ts";
import { PolicyDocument } from "../application/policy-document.ts";
import type { Actor } from "../application/ports.ts";
import { isSamePerson } from "../application/same-person.ts";
import type { Policy, PolicyBody } from "../domain/policy.ts";
import { isoOf } from "../domain/time.ts";
import { Instant } from "./schema-parts.ts";

export const PolicySchema = Type.Object(
  { version: Type.Integer({ description: "Named by every decision and contract it made" }), rules: PolicyDocument },
  { $id: "Policy" },
);

const PublishedFields = {
  version: Type.Integer(),
  origin: Type.Union([Type.Literal("default"), Type.Literal("draft"), Type.Literal("catalogue")], {
    description:
      "draft: two persons'; catalogue: a machine has put a product; default: what an installation begins with",
  }),
  draftedBy: Type.Union([Type.String(), Type.Null()]),
  publishedBy: Type.String(),
  publishedAt: Instant,
};
export const PublishedPolicySchema = Type.Object(PublishedFields);
export const PolicyVersionSchema = Type.Object({ ...PublishedFields, rules: PolicyDocument });

export const DraftSchema = Type.Object({
  draft: Type.String({ description: "Its id; every draft that is written has another" }),
  basedOn: Type.Integer({ description: "The version it was written against" }),
  draftedBy: Type.String(),
  draftedAt: Instant,
  mine: Type.Boolean({ description: "Whoever asks has drafted it, and cannot publish it" }),
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

export function publishedJson(published: PublishedPolicy): Static<typeof PublishedPolicySchema> {
  const { policy, origin, draftedBy, publishedBy, publishedAt } = published;
  return { version: policy.version, origin, draftedBy, publishedBy, publishedAt: isoOf(publishedAt) };
}

export function policyVersionJson(published: PublishedPolicy): Static<typeof PolicyVersionSchema> {
  const { version: _version, ...rules } = published.policy;
  return { ...publishedJson(published), rules: documentOf(rules) };
}

export function draftJson(
  { id, basedOn, draftedBy, draftedAt, body }: PolicyDraft,
  reader: Actor,
): Static<typeof DraftSchema> {
  const mine = isSamePerson(draftedBy, reader.id);
  return { draft: id, basedOn, draftedBy, draftedAt: isoOf(draftedAt), mine, rules: documentOf(body) };
}

/** The rules as a document that can be changed and handed back. */
function documentOf(rules: PolicyBody): PolicyDocument {
  return structuredClone(rules) as PolicyDocument;
}
