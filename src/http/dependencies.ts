import type { AccessStore } from "../application/access.ts";
import type { AccountKeyVault } from "../application/account-keys.ts";
import type { AuditChain } from "../application/audit-chain.ts";
import type { DrawDraftPorts } from "../application/draw-drafts.ts";
import type { SourceFormat } from "../application/import-orders.ts";
import type { SealDrawing } from "../application/ports.ts";
import type { RequestContractPorts } from "../application/request-contract.ts";
import type { SealKeyRegister } from "../application/seal-key-register.ts";
import type { SecretBox } from "../application/secret-box.ts";
import type { StaffSignIn } from "../application/staff-sign-in.ts";
import type { LogKeys, TransparencyLog } from "../application/transparency-log.ts";
import type { UploadChecker } from "../application/verify-contract.ts";
import type { WebhookQueue } from "../application/webhook-books.ts";
import type { WebhookSender } from "../application/webhook-sender.ts";
import type { TemplateName } from "../domain/contract-template.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import type { RefusalCode } from "../domain/refusal.ts";
import type { StaffRole } from "../domain/roles.ts";

/** The ready personas of demo mode. */
export interface Demonstration {
  /** What a visitor should know of each account. */
  readonly notes: ReadonlyMap<string, Localized>;
  readonly staff: readonly {
    readonly id: string;
    readonly roles: readonly StaffRole[];
    readonly title: Localized;
    readonly note: Localized;
  }[];
}

/** All that the HTTP room needs of the others; wired in main.ts. */
export interface HttpDependencies extends RequestContractPorts, DrawDraftPorts {
  readonly access: AccessStore;
  /** Of evidence of identities. */
  readonly accountKeys: AccountKeyVault;
  readonly uploads: UploadChecker;
  readonly sealDrawing: SealDrawing;
  /** What is drawn by each template, and the parts that it draws with. */
  readonly templates: Readonly<
    Record<TemplateName, { readonly title: Localized; readonly library: string; readonly draws: "order" | "bill" }>
  >;
  /** Of the audit. */
  readonly chain: AuditChain;
  readonly transparencyLog: TransparencyLog;
  readonly logKeys: LogKeys;
  readonly webhooks: WebhookQueue;
  readonly sender: WebhookSender;
  readonly sealKeys: SealKeyRegister;
  /** Our own NDJSON format, for POST /v1/orders:import. */
  readonly ndjson: SourceFormat;
  /** Whether the seller's seal key is at hand. */
  readonly hasSealKey: (seller: SellerId) => Promise<boolean>;
  /** True while the database answers. */
  readonly isReady: () => Promise<boolean>;
  /** The built console; null where none was built. */
  readonly webRoot: string | null;
  /** The page of a refusal: what happened and what to do, in both languages. */
  readonly problemPage: (code: RefusalCode) => Promise<string>;
  /** Who is ready to sign in as; null outside demo mode. */
  readonly demonstration: Demonstration | null;
  /** How the seller's people sign in; null where no identity provider is configured. */
  readonly staffSignIn: StaffSignIn | null;
  /** For secrets in answers that are kept to be given again. */
  readonly answerSecrets: SecretBox;
  /** Whose pages may show the console in a frame: "https://shop.example.com". */
  readonly embedOrigins: readonly string[];
  /** Networks of proxies before this service, in CIDR notation: what they say of a caller's address is believed. */
  readonly trustedProxies: readonly string[];
  /** Of one caller; 0: not counted. */
  readonly requestsPerMinute: number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}
