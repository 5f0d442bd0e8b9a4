import type { CanonicalValue } from "./canonical-json.ts";
import type { Fillings } from "./clause.ts";
import type { ContractLanguage, Localized } from "./localized.ts";
import type { Account, Seller } from "./parties.ts";

export interface SnapshotParty {
  readonly [key: string]: CanonicalValue;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly registrationNumber: string;
  readonly addressZh: string;
  readonly addressEn: string;
  /** One line: whom to turn to. */
  readonly contact: string;
  /** The next three are the buyer's to fill in (R6); empty where nothing was, and for sellers. */
  readonly postalAddress: string;
  readonly phone: string;
  readonly email: string;
}

/** What the buyer chooses or fills in when requesting (R6); never the legal name. */
export interface RequestDetails {
  readonly language: ContractLanguage;
  readonly contact: string;
  readonly postalAddress: string;
  readonly phone: string;
  readonly email: string;
  /** The buyer's own number of the purchase. */
  readonly purchaseOrder: string;
}

/** A request in which the buyer has filled nothing in. */
export function emptyDetails(language: ContractLanguage): RequestDetails {
  return { language, ...NOTHING_FILLED_IN, purchaseOrder: "" };
}

/** Nothing of what a buyer can fill in. */
export const NOTHING_FILLED_IN = { contact: "", postalAddress: "", phone: "", email: "" } as const;

export function sellerParty(seller: Seller): SnapshotParty {
  return {
    nameZh: seller.legalName["zh-CN"],
    nameEn: seller.legalName.en,
    registrationNumber: seller.registrationNumber,
    addressZh: seller.address["zh-CN"],
    addressEn: seller.address.en,
    ...NOTHING_FILLED_IN,
    contact: seller.contact,
  };
}

/**
 * The buyer's name comes from the verified identity only (R6); one without a second spelling stands in both languages
 * as it is registered. Under a policy that asks for no identity the account stands in its place.
 */
export function buyerParty({ id, identity }: Account, details: RequestDetails): SnapshotParty {
  const { contact, postalAddress, phone, email } = details;
  const filledIn = { contact, postalAddress, phone, email };
  const unnamed = { registrationNumber: "", addressZh: "", addressEn: "", ...filledIn };
  if (identity.state === "unverified") return { ...unnamed, nameZh: `账号 ${id}`, nameEn: `Account ${id}` };
  return {
    nameZh: identity.legalName,
    nameEn: identity.legalNameEn ?? identity.legalName,
    registrationNumber: identity.registrationNumber ?? "",
    addressZh: identity.address ?? "",
    addressEn: identity.address ?? "",
    ...filledIn,
  };
}

/** What every contract has to fill blanks with. */
export function partyFillings(account: Account, seller: Seller, details: RequestDetails): Fillings {
  const buyer = buyerParty(account, details);
  const verified = account.identity.state === "verified";
  return {
    account: same(account.id),
    account_kind: verified
      ? { "zh-CN": "经实名认证的账号", en: "identity-verified account" }
      : { "zh-CN": "账号", en: "account" },
    buyer: { "zh-CN": buyer.nameZh, en: buyer.nameEn },
    seller: seller.legalName,
  };
}

function same(text: string): Localized {
  return { "zh-CN": text, en: text };
}
