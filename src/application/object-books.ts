import type { AccountId, ContractNumber, Sha256 } from "../domain/identifiers.ts";
import type { TicketId } from "../domain/ticket.ts";

/**
 * What a file is to the contract or the ticket that refers to it. `sealed` and `offline` are downloaded as the contract;
 * `unsealed` is what was drawn before the seal.
 */
export type ObjectRole = "sealed" | "unsealed" | "offline" | "archive" | "attachment";

/** A file that the books refer to, and who refers to it. Two rows may refer to one file. */
export type ReferredObject = { readonly hash: Sha256; readonly account: AccountId } & (
  | { readonly role: Exclude<ObjectRole, "attachment">; readonly contract: ContractNumber; readonly ticket: null }
  | { readonly role: "attachment"; readonly contract: null; readonly ticket: TicketId }
);

/** The part of the books that says which files there must be. */
export interface ObjectBooks {
  /** Every file that committed rows refer to; read page by page, so that memory does not grow with the books. */
  referredObjects(): AsyncIterable<ReferredObject>;
  /** Which of these hashes any committed row refers to. */
  referredAmong(hashes: readonly Sha256[]): Promise<ReadonlySet<Sha256>>;
}
