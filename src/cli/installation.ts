import type { AccessStore } from "../application/access.ts";
import type { AccountKeyVault } from "../application/account-keys.ts";
import type { AuditChain } from "../application/audit-chain.ts";
import type { AuditSource } from "../application/audit-findings.ts";
import type { BackupReport } from "../application/back-up.ts";
import type { BooksChecker } from "../application/books-checker.ts";
import type { ChainKeys } from "../application/chain-keys.ts";
import type { DrawDraftPorts } from "../application/draw-drafts.ts";
import type { BillSource } from "../application/import-bill.ts";
import type { SourceFormat } from "../application/import-orders.ts";
import type { ObjectKeeping } from "../application/object-keeping.ts";
import type { PageLook } from "../application/page-look.ts";
import type { Clock, GlyphCoverage, Identifiers, Ledger, Objects } from "../application/ports.ts";
import type { RequestContractPorts } from "../application/request-contract.ts";
import type { RestoreOutcome } from "../application/restore-backup.ts";
import type { KeyDesk } from "../application/seal-keys.ts";
import type { LogKeys, TransparencyLog } from "../application/transparency-log.ts";
import type { SealCheck, SealChecker, UploadChecker } from "../application/verify-contract.ts";
import type { LogSource } from "../application/verify-log.ts";
import type { RestoredContracts } from "../application/verify-restored.ts";
import type { AuditWitness } from "../application/watch-chain.ts";
import type { LogWitness } from "../application/watch-log.ts";
import type { WebhookQueue } from "../application/webhook-books.ts";
import type { WebhookSender } from "../application/webhook-sender.ts";
import type { ContractLanguage, Language, Localized } from "../domain/localized.ts";

/** What commands work with once the installation is open. */
export interface OpenInstallation {
  readonly ledger: Ledger;
  readonly books: BooksChecker;
  readonly access: AccessStore;
  readonly accountKeys: AccountKeyVault;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly glyphs: GlyphCoverage;
  readonly objects: Objects & ObjectKeeping;
  readonly seals: SealChecker;
  readonly audit: AuditSource;
  readonly chain: AuditChain;
  readonly chainKeys: ChainKeys;
  readonly witness: AuditWitness;
  readonly transparencyLog: TransparencyLog;
  readonly logSource: LogSource;
  readonly logKeys: LogKeys;
  readonly logWitness: LogWitness;
  readonly webhooks: WebhookQueue;
  readonly sender: WebhookSender;
  /** Names of the migrations that opening has applied. */
  readonly migrated: readonly string[];
  /** Where uploads of strangers are read, in a process of its own. */
  readonly uploads: UploadChecker;
  issuing(): Promise<RequestContractPorts & DrawDraftPorts>;
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A sample order drawn by a template, or why it could not be. */
export type DrawnSample = {
  /** File names begin with it. */
  readonly name: string;
  /** As a snapshot names it ("order/1"), or "checklist". */
  readonly template: string;
  readonly language: ContractLanguage;
} & (
  | {
      readonly kind: "drawn";
      readonly ms: number;
      readonly pdf: Uint8Array;
      /** What the typesetter said of the template, in its own words. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: "faulty"; readonly fault: Localized }
);

/** What came of a backup that was put into an empty installation; its contracts looked at one by one. */
export type Restored =
  | Exclude<RestoreOutcome, { kind: "restored" }>
  | (Extract<RestoreOutcome, { kind: "restored" }> & { readonly contracts: RestoredContracts });

export interface Sources {
  readonly formats: Readonly<Record<"orderseal" | "csv" | "billing-api", SourceFormat>>;
  readonly bills: BillSource;
}

/** The installation as a command finds it: closed until it is needed. Wired in main.ts. */
export interface Installation {
  /** How orders are written in files, and how the billing API writes a month's bill. */
  sources(): Promise<Sources>;
  /** Opens it for the work and closes it afterwards, whatever the work does. */
  use<Value>(work: (open: OpenInstallation) => Promise<Value>): Promise<Value>;
  /** Checks a seal without opening anything; `trust` is a PEM text, null for the roots of this installation. */
  checkSeal(pdf: Uint8Array, trust: string | null): Promise<SealCheck>;
  /** Serves until it is told to stop. */
  serve(log: (line: string) => void): Promise<void>;
  backUp(path: string): Promise<BackupReport>;
  /** Before anything was opened: into one that holds nothing yet. */
  restore(path: string): Promise<Restored>;
  diagnose(language: Language): Promise<readonly Check[]>;
  /** Where the seal keys of this installation are looked after. */
  keys(): Promise<KeyDesk>;
  /** Draws the sample orders of the templates that are wanted, without opening anything, each as it is asked for. */
  drawSamples(
    languages: readonly ContractLanguage[],
    isWanted: (template: string) => boolean,
  ): AsyncIterable<DrawnSample>;
  /** Pictures of a document's pages, and what is wrong with them. */
  lookAtPages(pdf: Uint8Array): Promise<PageLook>;
}
