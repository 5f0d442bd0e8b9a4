import type { AccountId, PartnerId, SellerId } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import type { SealDesign } from "./seal-design.ts";
import type { SellerWording } from "./seller-wording.ts";
import type { TimeZone } from "./time.ts";

/** The verified legal entity behind an account; the buyer's name on a contract comes from here only (R6). */
export type Identity =
  | { readonly state: "unverified" }
  | {
      readonly state: "verified";
      readonly kind: "individual" | "enterprise";
      readonly legalName: string;
      readonly legalNameEn: string | null;
      /** Unified social credit code or its foreign counterpart; null where the directory holds none. */
      readonly registrationNumber: string | null;
      readonly address: string | null;
    };

export const PARTNER_KINDS = ["distribution", "virtual_business", "integration", "consulting", "isv_solution"] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export interface Partner {
  readonly id: PartnerId;
  readonly kind: PartnerKind;
  readonly name: string;
  readonly contact: string;
}

export interface Account {
  readonly id: AccountId;
  readonly identity: Identity;
  readonly servedBy: Partner | null;
}

/** A legal entity that sells and seals. */
export interface Seller {
  readonly id: SellerId;
  readonly legalName: Localized;
  readonly registrationNumber: string;
  readonly address: Localized;
  readonly contact: string;
  /** Two to eight capital letters or digits at the head of its contract numbers. */
  readonly numberPrefix: string;
  readonly timeZone: TimeZone;
  /** True while it has an active seal key (R18). */
  readonly canSeal: boolean;
  /** How many contracts it may still have issued (R18); null where nobody counts. */
  readonly quotaLeft: number | null;
  readonly seal: SealDesign;
  /** Its own wording of clauses; null where the library's stands, and in lists, which do without. */
  readonly wording: SellerWording | null;
}
