import { existsSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import type { PoolConfig } from "pg";
import type { AccessStore } from "./application/access.ts";
import type { AccountKeyVault } from "./application/account-keys.ts";
import type { AuditChain } from "./application/audit-chain.ts";
import type { AuditSource } from "./application/audit-findings.ts";
import type { BooksCopier } from "./application/backup-ports.ts";
import type { BooksChecker } from "./application/books-checker.ts";
import type { ChainKeys } from "./application/chain-keys.ts";
import type { DrawDraftPorts } from "./application/draw-drafts.ts";
import { failureText } from "./application/failure-text.ts";
import { type FaultPoints, NO_FAULTS } from "./application/fault-points.ts";
import type { ObjectKeeping } from "./application/object-keeping.ts";
import type { Clock, GlyphCoverage, Identifiers, Ledger, Objects, SealDrawing } from "./application/ports.ts";
import { adoptSealKeys } from "./application/propose-seal-key.ts";
import { REQUEST_PATIENCE_MS, type RequestContractPorts } from "./application/request-contract.ts";
import type { SealKeyLine } from "./application/seal-keys.ts";
import { Turns } from "./application/turns.ts";
import type { SealChecker, UploadChecker } from "./application/verify-contract.ts";
import type { AuditWitness } from "./application/watch-chain.ts";
import type { WebhookQueue } from "./application/webhook-books.ts";
import type { WebhookSender } from "./application/webhook-sender.ts";
import { ensureDemoSellers, makeKeysOfDemo } from "./demo.ts";
import { areDemoKeys } from "./document/demo-keys.ts";
import { sealFontPaths } from "./document/fonts.ts";
import { loadGlyphCoverage } from "./document/glyph-coverage.ts";
import { openKeyDesk } from "./document/key-desk.ts";
import { type KeyRing, openKeyRing } from "./document/key-ring.ts";
import { openRenderPool, type RenderPool } from "./document/render-pool.ts";
import { openSealArtist, type SealArtist } from "./document/seal-artist.ts";
import { readTimestampRoots } from "./document/timestamp-roots.ts";
import { type Instant, instantOf } from "./domain/time.ts";
import type { Environment } from "./environment.ts";
import { openHttpWebhookSender } from "./jobs/webhooks/http-webhook-sender.ts";
import { systemResolver } from "./jobs/webhooks/system-resolver.ts";
import type { HostResolver } from "./jobs/webhooks/webhook-addresses.ts";
import { type LogParts, openLog } from "./open-log.ts";
import { sealChecker, uploadChecker } from "./seal-checking.ts";
import { withSealingSellers } from "./sealing-sellers.ts";
import { openAccessStore } from "./store/access-store.ts";
import { openAccountKeyVault } from "./store/account-key-vault.ts";
import { adoptObjects } from "./store/adopt-objects.ts";
import { openAuditChain } from "./store/audit-chain.ts";
import { openAuditSource } from "./store/audit-source.ts";
import { openAuditWitness } from "./store/audit-witness.ts";
import { openBooksCopier } from "./store/books-copier.ts";
import { openChainKeys } from "./store/chain-keys.ts";
import { type Database, openDatabase } from "./store/database.ts";
import { ensureDefaults } from "./store/defaults.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./store/embedded/launcher.ts";
import { openBooksChecker } from "./store/invariants/check-books.ts";
import { openLedger } from "./store/ledger.ts";
import { openLocalObjects } from "./store/local-objects.ts";
import { type MasterKey, openMasterKey } from "./store/master-key.ts";
import { migrate } from "./store/migrate.ts";
import { newCode, newId } from "./store/new-id.ts";
import { approvedSealKeys } from "./store/proposal-queries.ts";
import { openS3Objects } from "./store/s3-objects.ts";
import { openWebhookQueue } from "./store/webhook-queue.ts";
import { strangersEye } from "./strangers-eye.ts";
import { openTimestamps, type Timestamps } from "./timestamps.ts";
import type { CheckingProcess } from "./verify/checking-process.ts";

/** The adapters of one installation, wired together: what the server and every command work with. */
export interface Services extends LogParts {
  readonly environment: Environment;
  readonly database: Database;
  readonly ledger: Ledger;
  /** The same books by connections that requests do not use up: for the schedule, and for what a request has begun. */
  readonly scheduled: Ledger;
  readonly turns: Turns;
  readonly books: BooksChecker;
  readonly access: AccessStore;
  readonly masterKey: MasterKey;
  readonly accountKeys: AccountKeyVault;
  readonly chain: AuditChain;
  readonly chainKeys: ChainKeys;
  readonly audit: AuditSource;
  readonly witness: AuditWitness;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly glyphs: GlyphCoverage;
  readonly objects: Objects & ObjectKeeping;
  readonly keys: KeyRing;
  readonly seals: SealChecker;
  readonly uploads: UploadChecker;
  readonly sealDrawing: SealDrawing;
  readonly copier: BooksCopier;
  readonly webhooks: WebhookQueue;
  readonly sender: WebhookSender;
  /** Names of the migrations that opening has applied. */
  readonly migrated: readonly string[];
  isReady(): Promise<boolean>;
  /** What issuing needs; starts the render processes at its first call. */
  issuing(): Promise<RequestContractPorts & DrawDraftPorts>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly log: (line: string) => void;
  readonly clock?: Clock;
  readonly renderProcesses?: number;
  /** Instead of processes of this one's own. */
  readonly openRenderers?: () => Promise<RenderPool>;
  /** Instead of one of this one's own. */
  readonly sealArtist?: SealArtist;
  /** Reads what strangers upload, instead of a process of this one's own. */
  readonly checking?: CheckingProcess;
  readonly faults?: FaultPoints;
  /** How long a request waits for the sealed file; some seconds, unless said otherwise. */
  readonly patienceMs?: number;
  /** Who finds the addresses that webhooks are sent to; the system, unless said otherwise. */
  readonly resolve?: HostResolver;
}

const READY_WITHIN_MS = 1_000;
const SYSTEM_CLOCK: Clock = { now: () => instantOf(Date.now()) };

/** Opens an installation: directories, database (started if it is embedded and not running), migrations, keys. */
export async function openServices(environment: Environment, options: OpenOptions): Promise<Services> {
  const { clock = SYSTEM_CLOCK, faults = NO_FAULTS, resolve = systemResolver } = options;
  const { embedded, connection } = await reachDatabase(environment, options);
  const database = openDatabase(connection, faults);
  const reserve = openDatabase(connection, faults, "schedule");
  const maintenance = openDatabase(connection, faults, "maintenance");
  const shut = async () => {
    await Promise.all([database, reserve, maintenance].map((pool) => pool.destroy()));
    await embedded?.close();
  };
  try {
    const migrated = await migrate(maintenance);
    await ensureDefaults(maintenance);
    const masterKey = await openMasterKey(environment.home, environment.masterKeys);
    const chainKeys = openChainKeys(masterKey);
    await adoptObjects(maintenance, chainKeys);
    const keyDirectory = join(environment.home, "keys");
    if (environment.demo && !existsSync(keyDirectory)) await makeKeysOfDemo(keyDirectory, new Date(clock.now()));
    // Asked by connections of its own: a key must be known also where requests have taken all of theirs.
    const approved = async () => (areDemoKeys(keyDirectory) ? null : approvedSealKeys(reserve));
    const keys = openKeyRing(keyDirectory, { approved });
    const ledger = withSealingSellers(openLedger(database, chainKeys), keys, clock);
    const scheduled = withSealingSellers(openLedger(reserve, chainKeys), keys, clock);
    // Read once here, so that they are known to whoever verifies before anything was sealed.
    const [timestampRoots] = await Promise.all([readTimestampRoots(keyDirectory), keys.roots()]);
    const seals = sealChecker(keys.knownRoots, timestampRoots);
    const uploads = uploadChecker(keys.knownRoots, timestampRoots, options.checking);
    const identifiers = { newId, newCode };
    const ports = { ledger, clock, identifiers, glyphs: await loadGlyphCoverage() };
    const sealDrawing = options.sealArtist ?? openSealArtist(sealFontPaths());
    await adoptSealKeys({ ...ports, ledger: scheduled }, await adoptableKeys(keyDirectory, clock.now()));
    if (environment.demo) await ensureDemoSellers({ ...ports, sealDrawing });
    const issuing = lazyIssuing(environment, options, {
      ...ports,
      scheduled,
      turns: new Turns(),
      sealDrawing,
      keys,
      seals,
      objects: openObjects(environment, faults),
    });
    return {
      environment,
      database,
      access: openAccessStore(database),
      masterKey,
      accountKeys: openAccountKeyVault(masterKey.box("account keys")),
      chain: openAuditChain(reserve, chainKeys),
      chainKeys,
      audit: openAuditSource(maintenance),
      witness: openAuditWitness(environment.home),
      ...openLog({ reserve, maintenance }, masterKey, environment),
      books: openBooksChecker(maintenance),
      ...issuing.parts,
      uploads,
      copier: openBooksCopier(connection),
      webhooks: openWebhookQueue(reserve),
      sender: openHttpWebhookSender({ clock, resolve, faults, networks: environment.webhookNetworks }),
      migrated,
      isReady: () => answers(reserve),
      issuing: issuing.open,
      close: async () => {
        await issuing.close();
        await uploads.close();
        await shut();
      },
    };
  } catch (error) {
    await shut();
    throw error;
  }
}

/** Under root the embedded server runs as another user, who must be able to pass through. */
async function makeHome(home: string): Promise<void> {
  if (existsSync(home)) return;
  await mkdir(home, { recursive: true });
  await chmod(home, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/** Where the database is; the embedded one is started unless it runs, in a home that is made unless it is there. */
export async function reachDatabase(
  environment: Environment,
  { log }: Pick<OpenOptions, "log">,
): Promise<{ readonly embedded: EmbeddedPostgres | null; readonly connection: PoolConfig }> {
  await makeHome(environment.home);
  if (environment.databaseUrl !== null) {
    return { embedded: null, connection: { connectionString: environment.databaseUrl } };
  }
  const embedded = await openEmbeddedPostgres({ directory: join(environment.home, "database"), log });
  return { embedded, connection: embedded.connection };
}

/** Where files are kept: a directory, or a bucket. */
export function openObjects({ objects }: Environment, faults: FaultPoints = NO_FAULTS): Objects & ObjectKeeping {
  return typeof objects === "string" ? openLocalObjects(objects, faults) : openS3Objects(objects, { faults });
}

/** Within a second: whoever asks has little patience, and what answers later is not ready. */
async function answers(database: Database): Promise<boolean> {
  const answer = sql`SELECT 1`.execute(database).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, setTimeout(READY_WITHIN_MS, false, { ref: false })]);
}

interface IssuingParts {
  readonly sealDrawing: SealArtist;
  readonly ledger: Ledger;
  readonly scheduled: Ledger;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
  readonly keys: KeyRing;
  readonly seals: SealChecker;
  readonly identifiers: Identifiers;
  readonly objects: Objects & ObjectKeeping;
}

/** Most commands draw nothing, so that the processes which do are started by the first that does. */
function lazyIssuing(environment: Environment, options: OpenOptions, parts: IssuingParts) {
  let pool: Promise<RenderPool> | null = null;
  let timestamps: Promise<Timestamps> | null = null;
  const open = async (): Promise<RequestContractPorts & DrawDraftPorts> => {
    pool ??= openRenderers(options);
    const { keys, seals } = parts;
    timestamps ??= openTimestamps(environment, parts.clock, options.log);
    const [renderer, { client, gate }] = await Promise.all([pool, timestamps]);
    // Loaded by the first command that seals: the others should not wait for it.
    const { openCompanySealer } = await import("./document/company-sealer.ts");
    return {
      ...parts,
      renderer,
      drafts: renderer,
      sealer: openCompanySealer({ keys, artist: parts.sealDrawing, timestamp: client }),
      timestamps: gate,
      inspector: strangersEye(seals),
      publicUrl: environment.publicUrl,
      demo: areDemoKeys(join(environment.home, "keys")),
      patienceMs: options.patienceMs ?? REQUEST_PATIENCE_MS,
      reportFailure: (contract, error) => {
        options.log(`contract ${contract} is not sealed yet and will be tried again: ${failureText(error)}`);
      },
    };
  };
  const close = async (): Promise<void> => {
    if (pool) await (await pool).close();
  };
  return { parts, open, close };
}

function openRenderers({ openRenderers: open, renderProcesses: processes }: OpenOptions): Promise<RenderPool> {
  return open ? open() : openRenderPool(processes === undefined ? {} : { processes });
}

/** The built console, or null where none was built (tests, and services without one). */
export function builtConsole(): string | null {
  const path = fileURLToPath(new URL("../web/dist/", import.meta.url));
  return existsSync(join(path, "index.html")) ? path : null;
}

/** Keys as they lie there, whether anybody has approved them or not. */
async function adoptableKeys(directory: string, at: Instant): Promise<readonly SealKeyLine[]> {
  return existsSync(directory) && !areDemoKeys(directory) ? openKeyDesk(directory).list(null, at) : [];
}
