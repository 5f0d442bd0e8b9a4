import type { PartnerId, ProductCode, SellerId } from "../domain/identifiers.ts";
import type { Partner, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { Page, PageRequest } from "./ports.ts";

/** A seller as the books have it: whether it is active, not whether it has a key. */
export interface ListedSeller {
  readonly seller: Seller;
  /** Of its own wording of clauses; null where the library's stands. */
  readonly wordingVersion: number | null;
  /** It sells whatever no source names a seller for, and runs the marketplace. */
  readonly isDefault: boolean;
}

export interface ListedPartner {
  readonly partner: Partner;
  /** How many accounts it serves (R19). */
  readonly accounts: number;
}

/** Products, sellers and partners as they are looked through; `text` is part of a code or a name, null for all. By code. */
export interface CatalogueShelf {
  listProducts(text: string | null, page: PageRequest): Promise<Page<Product>>;
  listedProduct(code: ProductCode): Promise<Product | null>;
  listSellers(text: string | null, page: PageRequest): Promise<Page<ListedSeller>>;
  listedSeller(seller: SellerId): Promise<ListedSeller | null>;
  listPartners(text: string | null, page: PageRequest): Promise<Page<ListedPartner>>;
  listedPartner(partner: PartnerId): Promise<ListedPartner | null>;
}
