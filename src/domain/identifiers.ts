declare const brand: unique symbol;

/** A string that was checked at an edge and is from there on known to be of one kind. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

export type AccountId = Branded<string, "AccountId">;
export type OrderId = Branded<string, "OrderId">;
export type SellerId = Branded<string, "SellerId">;
export type PartnerId = Branded<string, "PartnerId">;
export type ProductCode = Branded<string, "ProductCode">;
/** UUIDv7, lower case. */
export type ContractId = Branded<string, "ContractId">;
/** `PREFIX-YYYYMM-NNNNNN-C`, see contract-number.ts. */
export type ContractNumber = Branded<string, "ContractNumber">;
/** 64 lower-case hexadecimal digits. */
export type Sha256 = Branded<string, "Sha256">;

/** What may name a foreign thing: visible, short, safe in a URL path and in a file name. */
const FOREIGN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const SHA256 = /^[0-9a-f]{64}$/;

export function isForeignId(text: string): boolean {
  return FOREIGN_ID.test(text);
}

export function parseAccountId(text: string): AccountId | null {
  return FOREIGN_ID.test(text) ? (text as AccountId) : null;
}

export function parseOrderId(text: string): OrderId | null {
  return FOREIGN_ID.test(text) ? (text as OrderId) : null;
}

export function parseSellerId(text: string): SellerId | null {
  return FOREIGN_ID.test(text) ? (text as SellerId) : null;
}

export function parsePartnerId(text: string): PartnerId | null {
  return FOREIGN_ID.test(text) ? (text as PartnerId) : null;
}

export function parseProductCode(text: string): ProductCode | null {
  return FOREIGN_ID.test(text) ? (text as ProductCode) : null;
}

export function parseSha256(text: string): Sha256 | null {
  return SHA256.test(text) ? (text as Sha256) : null;
}
