import type { AccessStore } from "../application/access.ts";
import type { DrawDraftPorts } from "../application/draw-drafts.ts";
import type { SourceFormat } from "../application/import-orders.ts";
import type { SealDrawing } from "../application/ports.ts";
import type { RequestContractPorts } from "../application/request-contract.ts";
import type { UploadChecker } from "../application/verify-contract.ts";
import type { WebhookQueue } from "../application/webhook-books.ts";
import type { WebhookSender } from "../application/webhook-sender.ts";
import type { SellerId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import type { RefusalCode } from "../domain/refusal.ts";

/** All that the HTTP room needs of the others; wired in main.ts. */
export interface HttpDependencies extends RequestContractPorts, DrawDraftPorts {
  readonly access: AccessStore;
  readonly uploads: UploadChecker;
  readonly sealDrawing: SealDrawing;
  readonly webhooks: WebhookQueue;
  readonly sender: WebhookSender;
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
  /** What a visitor of the demonstration should know of each account; null outside demo mode. */
  readonly demoNotes: ReadonlyMap<string, Localized> | null;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}
