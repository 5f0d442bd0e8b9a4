import { type Static, Type } from "typebox";
import { SEALING_ALARMS, type SealingAlarm } from "../application/seal-key-register.ts";
import { KEY_STATE_TEXT, type KeyState } from "../application/seal-keys.ts";
import type { SellerKeys } from "../application/show-seal-keys.ts";
import { isoOf } from "../domain/time.ts";
import { Localized, NullableInstant, NullableText } from "./schema-parts.ts";

const KEY_STATES = Object.keys(KEY_STATE_TEXT) as readonly KeyState[];

const outlook = {
  seller: Type.String(),
  name: Type.Union([Localized, Type.Null()], { description: "The seller's; null where the books do not know it" }),
  canSealUntil: Type.Union(NullableInstant.anyOf, {
    description: "Until then there is a key for every instant; null: there is none now",
  }),
  daysLeft: Type.Union([Type.Integer(), Type.Null()], { description: "Whole days until then; null: none now" }),
  resumesAt: Type.Union(NullableInstant.anyOf, { description: "When the next key begins after a gap without one" }),
  alarm: Type.Unsafe<SealingAlarm>({ type: "string", enum: [...SEALING_ALARMS] }),
};

const SealKeySchema = Type.Object({
  name: Type.String(),
  state: Type.Unsafe<KeyState>({ type: "string", enum: [...KEY_STATES] }),
  kind: Type.Union([Type.String(), Type.Null()], { description: "file, pkcs11 or http: where its private part is" }),
  algorithm: NullableText,
  subject: Type.Union([Type.String(), Type.Null()], { description: "Whose the certificate says it is" }),
  fingerprint: Type.Union([Type.String(), Type.Null()], {
    description: "SHA-256 of the seal certificate; null without one",
  }),
  validFrom: NullableInstant,
  validUntil: NullableInstant,
  daysLeft: Type.Union([Type.Integer(), Type.Null()]),
});

/** How long a seller can go on sealing, without its keys one by one. */
export const SealingOutlookSchema = Type.Object(outlook);

export const SellerKeysSchema = Type.Object(
  { ...outlook, keys: Type.Array(SealKeySchema) },
  { $id: "SellerKeys", description: "A seller's seal keys; neither secrets nor where files lie" },
);

export function outlookJson({
  seller,
  name,
  canSealUntil,
  daysLeft,
  resumesAt,
  alarm,
}: SellerKeys): Static<typeof SealingOutlookSchema> {
  return {
    ...{ seller, name, daysLeft, alarm },
    canSealUntil: canSealUntil && isoOf(canSealUntil),
    resumesAt: resumesAt && isoOf(resumesAt),
  };
}

/** Why a key cannot be used stays in `orderseal keys list`: the reasons name files of the machine. */
export function sellerKeysJson(keys: SellerKeys): Static<typeof SellerKeysSchema> {
  return {
    ...outlookJson(keys),
    keys: keys.keys.map(({ name, state, kind, algorithm, subject, certificate, from, until, daysLeft }) => ({
      ...{ name, state, kind, algorithm, subject, daysLeft },
      fingerprint: certificate,
      validFrom: from && isoOf(from),
      validUntil: until && isoOf(until),
    })),
  };
}
