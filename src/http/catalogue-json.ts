import { type Static, Type } from "typebox";
import type { ListedPartner, ListedSeller } from "../application/catalogue-shelf.ts";
import { BILLING_MODES, type BillingMode } from "../domain/order.ts";
import { PARTNER_KINDS, type PartnerKind } from "../domain/parties.ts";
import { isSelfService, type Policy, type Product } from "../domain/policy.ts";
import { Localized } from "./schema-parts.ts";

export const ProductSchema = Type.Object(
  {
    code: Type.String(),
    name: Localized,
    selfService: Type.Array(Type.Unsafe<BillingMode>({ type: "string", enum: [...BILLING_MODES] }), {
      description: "Ways of billing that can be contracted by self-service, by the policy in force (R2, R3)",
    }),
  },
  { $id: "Product" },
);

export const SellerSchema = Type.Object(
  {
    seller: Type.String(),
    legalName: Localized,
    registrationNumber: Type.String(),
    address: Localized,
    contact: Type.String(),
    numberPrefix: Type.String(),
    timeZone: Type.String(),
    active: Type.Boolean({ description: "False while its sealing is suspended" }),
    canSeal: Type.Boolean({ description: "Active and with a key; what is left of a quota is told apart" }),
    quotaLeft: Type.Union([Type.Integer(), Type.Null()], {
      description: "How many contracts it may still have issued (R18); null: nobody counts",
    }),
    seal: Type.Object({
      number: Type.String(),
      caption: Type.String(),
      logo: Type.String(),
      riding: Type.Boolean(),
    }),
    wordingVersion: Type.Union([Type.Integer(), Type.Null()], {
      description: "Of its own clauses; null where those of the library stand",
    }),
    isDefault: Type.Boolean({ description: "It sells whatever no source names a seller for" }),
  },
  { $id: "Seller" },
);

export const PartnerSchema = Type.Object(
  {
    partner: Type.String(),
    kind: Type.Unsafe<PartnerKind>({ type: "string", enum: [...PARTNER_KINDS] }),
    name: Type.String(),
    contact: Type.String(),
    accounts: Type.Integer({ description: "How many accounts it serves (R19)" }),
  },
  { $id: "Partner" },
);

export function productJson(product: Product, policy: Policy): Static<typeof ProductSchema> {
  const selfService = BILLING_MODES.filter((mode) => isSelfService(policy, product.code, mode));
  return { code: product.code, name: { ...product.name }, selfService };
}

export function sellerJson(
  { seller, wordingVersion, isDefault }: ListedSeller,
  hasKey: boolean,
): Static<typeof SellerSchema> {
  const { id, canSeal: active, wording: _wording, legalName, address, seal, ...others } = seller;
  const { number, caption, logo, riding } = seal;
  return {
    seller: id,
    ...others,
    legalName: { ...legalName },
    address: { ...address },
    active,
    canSeal: active && hasKey,
    seal: { number, caption, logo, riding },
    wordingVersion,
    isDefault,
  };
}

export function partnerJson({ partner, accounts }: ListedPartner): Static<typeof PartnerSchema> {
  const { id, kind, name, contact } = partner;
  return { partner: id, kind, name, contact, accounts };
}
