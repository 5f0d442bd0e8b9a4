import type { Contract, IssuedContract } from "../domain/contract.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
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
import type { Order, SalesChannel } from "../domain/order.ts";
import type { Account, Identity, Partner, Seller } from "../domain/parties.ts";
import type { Policy, Product } from "../domain/policy.ts";
import type { Instant, TimeZone } from "../domain/time.ts";

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
  readonly kind: "buyer" | "desk" | "machine" | "operator" | "system";
  readonly id: string;
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
  readonly type: "contract.requested" | "contract.issued" | "order.hold_started";
  readonly at: Instant;
  readonly account: AccountId;
  readonly subject: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** A contract that was decided but whose sealed file is not stored yet. */
export interface IssuingContract {
  readonly contract: Extract<Contract, { state: "issuing" }>;
  readonly snapshot: ContractSnapshot;
  /** The canonical JSON that `contract.snapshot` is the hash of. */
  readonly snapshotJson: string;
}

/** The files of an issued contract, by their hash. */
export interface IssuedFiles {
  readonly sealed: Sha256;
  readonly unsealed: Sha256;
}

/** What the first request under an idempotency key was answered with. */
export type FirstAnswer =
  | { readonly kind: "contract"; readonly number: ContractNumber }
  | { readonly kind: "refused"; readonly refuse: Refuse };

/** How the books are read and changed inside one transaction. */
export interface LedgerTransaction {
  /** The order, locked until the transaction ends; null when the account has no such order. */
  lockOrder(account: AccountId, order: OrderId): Promise<Order | null>;
  /** Claims the order number for the account; false when another account has it. */
  claimOrderNumber(order: OrderId, account: AccountId): Promise<boolean>;
  saveOrder(order: Order): Promise<void>;
  account(account: AccountId): Promise<Account | null>;
  saveAccount(account: AccountId, identity: Identity, servedBy: PartnerId | null): Promise<void>;
  partner(partner: PartnerId): Promise<Partner | null>;
  savePartner(partner: Partner): Promise<void>;
  /** By id, or by legal name where the order's source knows nothing else (marketplaces). */
  sellerOf(channel: SalesChannel): Promise<Seller | null>;
  /** Number prefixes and legal names are unique among sellers. */
  saveSeller(seller: Seller): Promise<"saved" | "prefix_taken" | "name_taken">;
  saveProduct(product: Product): Promise<void>;
  products(codes: readonly ProductCode[]): Promise<ReadonlyMap<ProductCode, Product>>;
  currentPolicy(): Promise<Policy>;
  /** The contract that occupies the order (R4). */
  contractOfOrder(account: AccountId, order: OrderId): Promise<Contract | null>;
  /** The next running number of the seller's month, starting at 1; no gaps, since it commits with its contract. */
  nextRunningNumber(seller: SellerId, yearMonth: string): Promise<number>;
  insertContract(issuing: IssuingContract, verificationCode: string): Promise<void>;
  /** Compare-and-set issuing → issued; false when somebody else was first. */
  markIssued(contract: Contract, issuedAt: Instant, files: IssuedFiles): Promise<boolean>;
  contractByNumber(account: AccountId, number: ContractNumber): Promise<Contract | null>;
  /**
   * Claims the key for this request until the transaction ends; a second claim waits for the first to end and then
   * gets its answer. `other_request`: the key was first used with another fingerprint.
   */
  claimIdempotencyKey(
    account: AccountId,
    key: string,
    fingerprint: string,
  ): Promise<"new" | "other_request" | FirstAnswer>;
  rememberAnswer(account: AccountId, key: string, answer: FirstAnswer): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  publish(event: DomainEvent): Promise<void>;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; give it back to read on. Null at the end. */
  readonly next: string | null;
}

export interface OrderFilter {
  readonly account: AccountId | null;
  readonly state: Order["status"]["state"] | null;
  readonly product: ProductCode | null;
  /** Part of an order number, or of a domain name. */
  readonly text: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** An order with what the decision needs to know about it. */
export interface OrderWithFacts {
  readonly order: Order;
  readonly account: Account;
  readonly seller: Seller | null;
  readonly contract: Contract | null;
}

export interface ContractWithOrder {
  readonly contract: Contract;
  readonly order: Order;
  /** The seller's: the one to show times in. */
  readonly timeZone: TimeZone;
}

/** The books: PostgreSQL in the product. Reads see committed state only. */
export interface Ledger {
  /** Runs the work in one serialisable unit; conflicts (SQLSTATE 40001, 40P01) are run again from the start. */
  transaction<Value>(work: (transaction: LedgerTransaction) => Promise<Value>): Promise<Value>;
  accountOfOrder(order: OrderId): Promise<AccountId | null>;
  orderWithFacts(account: AccountId, order: OrderId): Promise<OrderWithFacts | null>;
  listOrders(filter: OrderFilter, page: PageRequest): Promise<Page<OrderWithFacts>>;
  contractByNumber(number: ContractNumber): Promise<Contract | null>;
  /** The issued contract whose sealed file has this hash. */
  contractByDocument(document: Sha256): Promise<IssuedContract | null>;
  contractWithOrder(number: ContractNumber): Promise<ContractWithOrder | null>;
  listContracts(account: AccountId | null, page: PageRequest): Promise<Page<ContractWithOrder>>;
  /** Whether the code belongs to the contract; compared in constant time. */
  verificationCodeFits(contract: ContractId, account: AccountId, code: string): Promise<boolean>;
  /** Takes over one contract that nobody has been finishing for a while; null when there is none. */
  claimInterruptedContract(): Promise<IssuingContract | null>;
  defaultSeller(): Promise<Seller | null>;
  seller(seller: SellerId): Promise<Seller | null>;
  listAccounts(page: PageRequest): Promise<Page<{ readonly account: Account; readonly orders: number }>>;
  products(): Promise<ReadonlyMap<ProductCode, Product>>;
  currentPolicy(): Promise<Policy>;
}

/** Files by their hash: what is stored once is never changed. */
export interface Objects {
  /** Durable (fsynced or its like) when it returns. */
  put(bytes: Uint8Array): Promise<Sha256>;
  /** Null when absent; a file whose bytes no longer have the hash is broken infrastructure and throws. */
  get(hash: Sha256): Promise<Uint8Array | null>;
}

/** Where the seal goes: page from 1, rectangle in PDF points from the lower left corner. */
export interface SealPlacement {
  readonly page: number;
  readonly rect: readonly [x0: number, y0: number, x1: number, y1: number];
}

export interface RenderedDocument {
  readonly pdf: Uint8Array;
  readonly seal: SealPlacement;
}

/** Draws a snapshot: the same snapshot gives the same bytes. */
export interface Renderer {
  render(snapshot: ContractSnapshot): Promise<RenderedDocument>;
}

/** Puts the seller's seal on a drawn document. */
export interface Sealer {
  seal(rendered: RenderedDocument, snapshot: ContractSnapshot, seller: SellerId, at: Instant): Promise<Uint8Array>;
}

/** Looks at a sealed document as a stranger would, before it is let out; null when nothing is wrong. */
export interface Inspector {
  findFault(sealed: Uint8Array, issuing: IssuingContract, at: Instant): Promise<string | null>;
}

/** Whether a seller's name can be written around a seal; asked before the seller may seal, not when it does. */
export interface SealDrawing {
  /** What is wrong with the name, in plain English; null when it can be drawn. */
  findFault(legalName: string): Promise<string | null>;
}

/** Characters that no font of ours can draw; they are refused at the edge, since a contract has no blank boxes. */
export interface GlyphCoverage {
  missingCharacters(text: string): readonly string[];
}
