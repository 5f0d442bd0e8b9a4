import { type Static, Type } from "typebox";
import { LONGEST_LABEL } from "../application/profile-content.ts";
import type { KeptProfile, ProfileContent } from "../domain/contact-profile.ts";
import { isoOf } from "../domain/time.ts";
import { LanguageChoice, RequestFields } from "./request-body.ts";
import { Instant } from "./schema-parts.ts";

const Revision = Type.Integer({
  minimum: 1,
  maximum: 1_000_000_000,
  description: "The one that was seen: what was changed since is not overwritten (409 profile_changed)",
});

/** What a buyer keeps: what a request takes, under a name. */
const given = {
  ...RequestFields,
  label: Type.String({ maxLength: LONGEST_LABEL, description: "What it is recognised by; on no contract" }),
  makeDefault: Type.Optional(
    Type.Boolean({
      description: "Filled in by itself from now on, in the place of the one that was; false changes nothing",
    }),
  ),
};
export const NewProfileBody = Type.Object(given, { additionalProperties: false });
export const ProfileBody = Type.Object({ ...given, revision: Revision }, { additionalProperties: false });

export const ProfileSchema = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    language: LanguageChoice,
    contact: Type.String(),
    postalAddress: Type.String(),
    phone: Type.String(),
    email: Type.String(),
    purchaseOrder: Type.String({ description: "What a request begins with; each may have its own" }),
    isDefault: Type.Boolean({ description: "Filled in by itself; exactly one of an account's is" }),
    revision: Type.Integer(),
    createdAt: Instant,
    changedAt: Instant,
  },
  { $id: "ContactProfile" },
);

export function profileJson(
  { id, isDefault, revision, createdAt, changedAt }: KeptProfile,
  content: ProfileContent,
): Static<typeof ProfileSchema> {
  return { id, ...content, isDefault, revision, createdAt: isoOf(createdAt), changedAt: isoOf(changedAt) };
}
