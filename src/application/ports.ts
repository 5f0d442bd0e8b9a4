import type { Bill, BillCycle } from "../domain/bill.ts";
import type { BusinessChecklist } from "../domain/business-checklist.ts";
import type { Contract, ContractSubject, IssuedContract, UnissuedContract, Voiding } from "../domain/contract.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { EventType } from "../domain/event-type.ts";
import type {
  AccountId,
  ContractId,
  ContractNumber,
  OrderId,
  PartnerId,
  ProductCode,
  SellerId,
  Sha256,
} from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import type { Order, SalesChannel } from "../domain/order.ts";
import type { Account, Identity, Partner, Seller } from "../domain/parties.ts";
import type { Product } from "../domain/policy.ts";
import type { SealDesign } from "../domain/seal-design.ts";
import type { TicketId } from "../domain/ticket.ts";
import type { Instant } from "../domain/time.ts";
import type { AccessBooks } from "./access.ts";
import type { AccountShelf } from "./account-shelf.ts";
import type { ArchiveBooks, ArchiveQueue } from "./archive-books.ts";
import type { AuditShelf } from "./audit-shelf.ts";
import type { CatalogueShelf } from "./catalogue-shelf.ts";
import type { ClaimTime } from "./claim-time.ts";
import type { EvidenceBooks, EvidenceShelf } from "./evidence-books.ts";
import type {
  BillWithFacts,
  ContractFilter,
  ContractWithOrder,
  OrderFilter,
  OrderWithFacts,
  TicketFilter,
} from "./listed.ts";
import type { ObjectBooks } from "./object-books.ts";
import type { PolicyBooks, PolicyShelf } from "./policy-books.ts";
import type { PortalLinkBooks } from "./portal-links.ts";
import type { ProfileBooks, ProfileShelf } from "./profile-books.ts";
import type { ProposalBooks, ProposalShelf } from "./proposal-books.ts";
import type { RefusalBooks } from "./refusal-books.ts";
import type { KeptAnswers, RequestKeyBooks } from "./repeatable-request.ts";
import type { RetainedBooks } from "./retained-books.ts";
import type { SignInBooks } from "./sign-in-books.ts";
import type { ListedTicket, TicketBooks, TicketThread } from "./ticket-books.ts";
import type { SealOutcome } from "./timestamp-gate.ts";
import type { TodayShelf } from "./today-shelf.ts";
import type { UnfinishedContracts, WaitingBooks } from "./unfinished-contracts.ts";
import type { WebhookBooks } from "./webhook-books.ts";
import type { WordingBooks, WordingShelf } from "./wording-books.ts";

export interface Clock {
  now(): Instant;
}

/** Fresh names: UUIDv7 keys, and codes that nobody can guess. */
export interface Identifiers {
  newId(): string;
  /** Eighty random bits in Crockford's base 32: sixteen characters. */
  newCode(): string;
}

/** Who is acting; goes into the audit as it stands. */
export interface Actor {
  /** `desk`: a person of the seller, whatever their roles. */
  readonly kind: "buyer" | "desk" | "machine" | "operator" | "system";
  readonly id: string;
  /** Where it came from: the caller's address, or the machine of a terminal; left out where nobody called. */
  readonly from?: string;
}

export interface AuditEntry {
  readonly at: Instant;
  readonly actor: Actor;
  readonly action: string;
  readonly account: AccountId | null;
  readonly objectKind: string;
  readonly objectId: string;
  readonly policyVersion: number | null;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

/** Something that happened and that others may subscribe to; written in the transaction that made it happen. */
export interface DomainEvent {
  readonly type: EventType;
  readonly at: Instant;
  readonly account: AccountId;
  readonly subject: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** A contract that was decided but whose sealed file is not stored yet. */
export interface IssuingContract {
  readonly contract: UnissuedContract;
  readonly snapshot: ContractSnapshot;
  /** The canonical JSON that `contract.snapshot` is the hash of. */
  readonly snapshotJson: string;
  /** Which claim on it this is: 0 of whoever requested it; whoever takes it over has a higher one, which ends the others. */
  readonly claim: number;
  /** Of whoever requested it, a moment before the claim was made; null: others have had it, who may be at work after all. */
  readonly claimedAt: ClaimTime | null;
}

/** The files of an issued contract, by their hash. */
export interface IssuedFiles {
  readonly sealed: Sha256;
  readonly unsealed: Sha256;
}

/** How the books are read and changed inside one transaction. */
export interface LedgerTransaction
  extends PolicyBooks,
    TicketBooks,
    WordingBooks,
    WaitingBooks,
    ArchiveBooks,
    RequestKeyBooks,
    WebhookBooks,
    AccessBooks,
    ProposalBooks,
    PortalLinkBooks,
    EvidenceBooks,
    ProfileBooks,
    RetainedBooks,
    RefusalBooks,
    SignInBooks {
  /** The order, locked until the transaction ends; null when the account has no such order. */
  lockOrder(account: AccountId, order: OrderId): Promise<Order | null>;
  /** Claims the order number for the account; false when another account has it. */
  claimOrderNumber(order: OrderId, account: AccountId): Promise<boolean>;
  saveOrder(order: Order): Promise<void>;
  /** Everything that was reported of the order, by revision. */
  reportsOf(account: AccountId, order: OrderId): Promise<readonly Order[]>;
  /** Adds a report; the order itself must be in the books. */
  saveReport(reported: Order, arrivedAt: Instant): Promise<void>;
  /** The bill, locked until the transaction ends; null when the account has none for the month. */
  lockBill(account: AccountId, cycle: BillCycle): Promise<Bill | null>;
  /** Enters a bill; false when the books have one of this month, however short a time ago. */
  enterBill(bill: Bill): Promise<boolean>;
  /** Replaces a bill that is not final. */
  replaceBill(bill: Bill): Promise<void>;
  account(account: AccountId): Promise<Account | null>;
  saveAccount(account: AccountId, identity: Identity, servedBy: PartnerId | null): Promise<void>;
  partner(partner: PartnerId): Promise<Partner | null>;
  savePartner(partner: Partner, onlyNew?: boolean): Promise<"saved" | "taken">;
  /** By id, or by legal name where the order's source knows nothing else (marketplaces). */
  sellerOf(channel: SalesChannel): Promise<Seller | null>;
  /** Number prefixes and legal names are unique among sellers. A quota or a seal that is left out stays as it is. */
  saveSeller(
    seller: Omit<Seller, "quotaLeft" | "wording" | "seal"> & Partial<Pick<Seller, "quotaLeft" | "seal">>,
    onlyNew?: boolean,
  ): Promise<"saved" | "taken" | "prefix_taken" | "name_taken">;
  saveProduct(product: Product): Promise<void>;
  products(codes: readonly ProductCode[]): Promise<ReadonlyMap<ProductCode, Product>>;
  /** The contract that occupies the order or the bill (R4, R13): where one replaced another, the newest. */
  contractOn(account: AccountId, subject: ContractSubject): Promise<Contract | null>;
  seller(seller: SellerId): Promise<Seller | null>;
  /** Of the company that runs this installation, and so its marketplace: the default seller. */
  platformName(): Promise<Localized | null>;
  /** Takes one contract from what the seller may still have issued; false when nothing is left (R18). */
  takeQuota(seller: SellerId): Promise<boolean>;
  /** The next running number of the seller's month, starting at 1; no gaps, since it commits with its contract. */
  nextRunningNumber(seller: SellerId, yearMonth: string): Promise<number>;
  insertContract(issuing: IssuingContract, verificationCode: string): Promise<void>;
  /** Enters a contract that the desk has uploaded (R20). */
  insertOfflineContract(contract: IssuedContract, snapshotJson: string, verificationCode: string): Promise<void>;
  /** R22; false when it is void already, or not issued. */
  voidContract(contract: Contract, voiding: Voiding, by: Actor): Promise<boolean>;
  /** Forgets that the end of the contract's hold has to be announced; false when it was announced before. */
  settleHold(contract: Contract): Promise<boolean>;
  /** The hold is open again; false when it was. */
  resumeHold(contract: Contract): Promise<boolean>;
  /**
   * A contract whose hold has ended by `at` without having been announced; null when there is none. Its order is locked,
   * as everybody does first who settles a hold; one that somebody else has locked is left for later.
   */
  takeEndedHold(at: Instant): Promise<Contract | null>;
  /** Compare-and-set issuing → issued; false when somebody else was first. */
  markIssued(contract: Contract, issuedAt: Instant, files: IssuedFiles): Promise<boolean>;
  contractByNumber(account: AccountId, number: ContractNumber): Promise<Contract | null>;
  audit(entry: AuditEntry): Promise<void>;
  publish(event: DomainEvent): Promise<void>;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; give it back to read on. Null at the end. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** The books: PostgreSQL in the product. Reads see committed state only. */
export interface Ledger
  extends AccountShelf,
    AuditShelf,
    ProposalShelf,
    UnfinishedContracts,
    ArchiveQueue,
    WordingShelf,
    PolicyShelf,
    CatalogueShelf,
    ObjectBooks,
    KeptAnswers,
    EvidenceShelf,
    ProfileShelf,
    TodayShelf {
  /**
   * Runs the work in one serialisable unit. Conflicts (SQLSTATE 40001, 40P01), and what broke before it was committed, are
   * run again from the start, so the work must do nothing but through its transaction. Throws `BooksUnavailable`.
   */
  transaction<Value>(work: (transaction: LedgerTransaction) => Promise<Value>): Promise<Value>;
  accountOfOrder(order: OrderId): Promise<AccountId | null>;
  orderWithFacts(account: AccountId, order: OrderId): Promise<OrderWithFacts | null>;
  listOrders(filter: OrderFilter, page: PageRequest): Promise<Page<OrderWithFacts>>;
  contractByNumber(number: ContractNumber): Promise<Contract | null>;
  /** The issued contract whose sealed file, or an archive of it, has this hash. */
  contractByDocument(document: Sha256): Promise<IssuedContract | null>;
  contractWithOrder(number: ContractNumber): Promise<ContractWithOrder | null>;
  /** Newest first. */
  listContracts(filter: ContractFilter, page: PageRequest): Promise<Page<ContractWithOrder>>;
  /** Whether the code belongs to the contract; compared in constant time. */
  verificationCodeFits(contract: ContractId, account: AccountId, code: string): Promise<boolean>;
  defaultSeller(): Promise<Seller | null>;
  seller(seller: SellerId): Promise<Seller | null>;
  bill(account: AccountId, cycle: BillCycle): Promise<BillWithFacts | null>;
  listBills(account: AccountId | null, page: PageRequest): Promise<Page<BillWithFacts>>;
  ticket(ticket: TicketId): Promise<TicketThread | null>;
  listTickets(filter: TicketFilter, page: PageRequest): Promise<Page<ListedTicket>>;
  /** The canonical JSON that was frozen at the request: what `snapshot` of the contract is the hash of. */
  frozenData(contract: Contract): Promise<string>;
  listAccounts(page: PageRequest): Promise<Page<{ readonly account: Account; readonly orders: number }>>;
  products(): Promise<ReadonlyMap<ProductCode, Product>>;
}

/** Files by their hash: what is stored once is never changed. A store that fails throws `StorageUnavailable`. */
export interface Objects {
  /**
   * Durable (fsynced or its like) and right when it returns, whatever was there before. Whoever puts a file refers to it
   * within the hour or never: what nobody refers to is collected after a day.
   */
  put(bytes: Uint8Array): Promise<Sha256>;
  /** Null when absent; a file whose bytes no longer have the hash throws `ObjectDamaged`. */
  get(hash: Sha256): Promise<Uint8Array | null>;
}

/** Where the seal goes: page from 1, rectangle in PDF points from the lower left corner. */
export interface SealPlacement {
  readonly page: number;
  readonly rect: readonly [x0: number, y0: number, x1: number, y1: number];
  /** Frames of the document's pictures, in the same points and the order of the structure: the sealer writes them down. */
  readonly pictures: readonly (readonly [x0: number, y0: number, x1: number, y1: number])[];
}

export interface RenderedDocument {
  readonly pdf: Uint8Array;
  readonly seal: SealPlacement;
}

/** Draws a snapshot: the same snapshot gives the same bytes. */
export interface Renderer {
  render(snapshot: ContractSnapshot): Promise<RenderedDocument>;
}

/** Draws what is looked at and not kept. */
export interface DraftRenderer {
  /** The same layout as the contract's with a watermark and without a place for a seal (R21); no number yet. */
  preview(snapshot: ContractSnapshot): Promise<Uint8Array>;
  /** The business checklist of an unpaid order (R15). */
  checklist(checklist: BusinessChecklist): Promise<Uint8Array>;
}

/** Puts the seller's seal on a drawn document; where timestamps are configured, with one or not at all. */
export interface Sealer {
  seal(rendered: RenderedDocument, snapshot: ContractSnapshot, seller: SellerId, at: Instant): Promise<SealOutcome>;
}

/** Looks at a sealed document as a stranger would, before it is let out; null when nothing is wrong. */
export interface Inspector {
  findFault(sealed: Uint8Array, issuing: IssuingContract, at: Instant): Promise<string | null>;
}

/** Whether a seller's name can be written around a seal; asked before the seller may seal, not when it does. */
export interface SealDrawing {
  /**
   * What is wrong with the name on a seal of this design, a plain one where it is left out, in plain English; null when
   * it can be drawn. Number and caption take room from the name.
   */
  findFault(legalName: string, design?: SealDesign): Promise<string | null>;
}

/** Characters that no font of ours can draw; they are refused at the edge, since a contract has no blank boxes. */
export interface GlyphCoverage {
  missingCharacters(text: string): readonly string[];
}
