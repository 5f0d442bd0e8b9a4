import type { Seller, SellerBody } from "../../api/catalogue.ts";

/** A seller as its form has it. */
export interface SellerEntries {
  readonly legalName: Seller["legalName"];
  readonly registrationNumber: string;
  readonly address: Seller["address"];
  readonly contact: string;
  readonly numberPrefix: string;
  readonly timeZone: string;
  readonly active: boolean;
  /** Whether it is counted how many contracts it may still have. */
  readonly counted: boolean;
  readonly quota: string;
  readonly seal: Seller["seal"];
}

export function entriesOf(seller: Seller | null, houseZone: string): SellerEntries {
  if (seller === null) return { ...NEW, timeZone: houseZone };
  const { quotaLeft, ...known } = seller;
  return { ...known, counted: quotaLeft !== null, quota: quotaLeft === null ? "" : String(quotaLeft) };
}

/**
 * What is put. A quota that nobody touched is left out, since contracts that were issued meanwhile have taken from it; and so is a
 * seal, which stays as it was.
 */
export function bodyOfEntries(entries: SellerEntries, seller: Seller | null): SellerBody {
  const { counted, quota, seal, legalName, registrationNumber, address, contact, numberPrefix, timeZone, active } =
    entries;
  const quotaLeft = counted ? Number(quota) : null;
  const isSameSeal = seller !== null && JSON.stringify(sealOf(seller.seal)) === JSON.stringify(sealOf(seal));
  return {
    ...{ legalName, registrationNumber, address, contact, numberPrefix, active },
    timeZone: timeZone.trim(),
    ...(quotaLeft !== (seller?.quotaLeft ?? null) && { quotaLeft }),
    ...(!isSameSeal && { seal: sealOf(seal) }),
  };
}

function sealOf({ number, caption, logo, riding }: Seller["seal"]): Seller["seal"] {
  return { number, caption, logo, riding };
}

const NEW: SellerEntries = {
  ...{ legalName: { "zh-CN": "", en: "" }, address: { "zh-CN": "", en: "" } },
  ...{ registrationNumber: "", contact: "", numberPrefix: "", timeZone: "", active: true, counted: false, quota: "" },
  seal: { number: "", caption: "合同专用章", logo: "", riding: true },
};
