import type { SellerId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import type { SellerWording, WordingBody } from "../domain/seller-wording.ts";
import type { Instant } from "../domain/time.ts";
import type { Page, PageRequest } from "./ports.ts";

/** A seller's wording that somebody has written and nobody else has published yet; a seller has one at a time. */
export interface WordingDraft {
  readonly id: string;
  readonly seller: SellerId;
  /** The version that was current when it was written; 0 for the library's own words. */
  readonly basedOn: number;
  readonly body: WordingBody;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
}

/** Where a seller's wording stands: what is in force, and what is proposed. */
export interface WordingStatus {
  readonly seller: SellerId;
  readonly legalName: Localized;
  /** 0 while every clause is the library's. */
  readonly version: number;
  readonly draft: Pick<WordingDraft, "id" | "basedOn" | "draftedBy" | "draftedAt"> | null;
}

/** A version that was published, with the two persons whose work it is. */
export interface PublishedWording {
  readonly version: number;
  readonly draftedBy: string;
  readonly publishedBy: string;
  readonly publishedAt: Instant;
}

/** The sellers' own wordings as they are read outside of any transaction. */
export interface WordingShelf {
  /** Version 0 with nothing in it where the seller has no wording of its own; null: no such seller. */
  currentWording(seller: SellerId): Promise<SellerWording | null>;
  /** A version that was published. */
  wording(seller: SellerId, version: number): Promise<SellerWording | null>;
  openWordingDraft(seller: SellerId): Promise<WordingDraft | null>;
  wordingStatus(seller: SellerId): Promise<WordingStatus | null>;
  /** Of every seller, by its id. */
  listWordings(page: PageRequest): Promise<Page<WordingStatus>>;
  /** The newest first. */
  listWordingVersions(seller: SellerId, page: PageRequest): Promise<Page<PublishedWording>>;
}

/** The sellers' own wordings and their drafts inside one transaction. */
export interface WordingBooks {
  /** As `currentWording`; whoever else changes the seller waits until this transaction ends. */
  lockWording(seller: SellerId): Promise<SellerWording | null>;
  /** A version that was published. */
  wording(seller: SellerId, version: number): Promise<SellerWording | null>;
  openWordingDraft(seller: SellerId): Promise<WordingDraft | null>;
  /** Replaces the seller's open draft, if there is one. */
  saveWordingDraft(draft: WordingDraft): Promise<void>;
  /** False when there was none. */
  withdrawWordingDraft(seller: SellerId): Promise<boolean>;
  /** Becomes the seller's current wording, and its draft is done with. */
  publishWording(wording: SellerWording, draft: WordingDraft, publishedBy: string): Promise<void>;
}
