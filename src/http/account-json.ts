import { type Static, Type } from "typebox";
import { type Account, PARTNER_KINDS, type PartnerKind } from "../domain/parties.ts";
import { NullableText } from "./schema-parts.ts";

export const AccountSchema = Type.Object(
  {
    account: Type.String(),
    identity: Type.Union([
      Type.Object({ state: Type.Literal("unverified") }),
      Type.Object({
        state: Type.Literal("verified"),
        kind: Type.Union([Type.Literal("individual"), Type.Literal("enterprise")]),
        legalName: Type.String({ description: "As it stands on contracts (R6)" }),
        legalNameEn: NullableText,
        registrationNumber: NullableText,
        address: NullableText,
      }),
    ]),
    servedBy: Type.Union(
      [
        Type.Object({
          partner: Type.String(),
          kind: Type.Unsafe<PartnerKind>({ type: "string", enum: [...PARTNER_KINDS] }),
          name: Type.String(),
          contact: Type.String(),
        }),
        Type.Null(),
      ],
      { description: "The partner that contracts with it instead of us (R19)" },
    ),
  },
  { $id: "Account" },
);
type AccountJson = Static<typeof AccountSchema>;

export function accountJson({ id, identity, servedBy }: Account): AccountJson {
  return {
    account: id,
    identity:
      identity.state === "unverified"
        ? { state: identity.state }
        : {
            state: identity.state,
            kind: identity.kind,
            legalName: identity.legalName,
            legalNameEn: identity.legalNameEn ?? null,
            registrationNumber: identity.registrationNumber ?? null,
            address: identity.address ?? null,
          },
    servedBy: servedBy && {
      partner: servedBy.id,
      kind: servedBy.kind,
      name: servedBy.name,
      contact: servedBy.contact,
    },
  };
}
