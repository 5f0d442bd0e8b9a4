import { join } from "node:path";
import type { FaultPoints } from "../../../src/application/fault-points.ts";
import type { RenderPool } from "../../../src/document/render-pool.ts";
import { createTestAuthority } from "../../../src/document/seal/test-authority.ts";
import { startTestTimestampAuthority } from "../../../src/document/seal/test-timestamp-authority.fixture.ts";
import type { Database } from "../../../src/store/database.ts";
import { readPidFile } from "../../../src/store/embedded/postmaster.ts";
import type { TortureDatabase } from "../torture.ts";
import { openForwarder } from "./postgres-forwarder.ts";
import { startTorturedService, type TorturedService } from "./tortured-service.ts";

/** Something that the service leans on, and how it is taken away and given back. */
export interface WayToFail {
  readonly name: string;
  readonly service: TorturedService;
  /** To look at the books by. */
  readonly database: Database;
  begin(): void | Promise<void>;
  end(): void;
  /** So long after the end everything must be done: ten seconds, and the pause before the next attempt that we document. */
  readonly patienceMs: number;
}

export interface Failing {
  readonly ways: readonly WayToFail[];
  close(): Promise<void>;
}

const TEN_SECONDS = 10_000;
/** docs/timestamps.md: a second, then two, four, eight …; an outage of eight seconds does not get further. */
const TIMESTAMP_PAUSE = 8_000;
/** ADR 0009: five seconds, then ten. */
const CLAIM_PAUSE = 10_000;

/** A service with a database, a timestamp authority, files and renderers that can be taken away, one or all at once. */
export async function openFailingSurroundings(given: TortureDatabase): Promise<Failing> {
  const forwarder = await openForwarder(given.url);
  const signer = createTestAuthority({ keyType: "p256", now: new Date() }).issueTimestampCertificate({ validDays: 30 });
  const authority = await startTestTimestampAuthority({ signer, genTime: "now", fault: null, delayMs: 0 });
  const files = failingFiles();
  const circumstances = { databaseUrl: forwarder.url, timestampUrl: authority.url, faults: files.faults };
  const service = await startTorturedService(circumstances);
  const common = { service, database: given.database };
  const timestampsFail = (fault: "http_error" | null) => authority.become({ fault });
  const ways: readonly WayToFail[] = [
    {
      ...common,
      name: "database unreachable",
      patienceMs: TEN_SECONDS,
      begin: () => forwarder.goAway(),
      end: () => forwarder.comeBack(),
    },
    {
      ...common,
      name: "timestamp authority out of order",
      patienceMs: TEN_SECONDS + TIMESTAMP_PAUSE,
      begin: () => timestampsFail("http_error"),
      end: () => timestampsFail(null),
    },
    {
      ...common,
      name: "files cannot be written",
      patienceMs: TEN_SECONDS + CLAIM_PAUSE,
      begin: () => files.fail(true),
      end: () => files.fail(false),
    },
    { ...common, name: "renderers killed", patienceMs: TEN_SECONDS + CLAIM_PAUSE, ...killingRenderers(service) },
    {
      ...common,
      name: "database, timestamps and files at once",
      patienceMs: TEN_SECONDS + CLAIM_PAUSE,
      begin: () => {
        forwarder.goAway();
        timestampsFail("http_error");
        files.fail(true);
      },
      end: () => {
        forwarder.comeBack();
        timestampsFail(null);
        files.fail(false);
      },
    },
  ];
  const close = async () => {
    await service.close();
    await Promise.all([authority.close(), forwarder.close()]);
    await given.drop();
  };
  return { ways, close };
}

/** A service on its embedded database, whose server is ended under it. */
export async function openEmbeddedSurroundings(): Promise<Failing> {
  const service = await startTorturedService({ databaseUrl: null });
  const data = join(service.home, "database", "data");
  const ways = (["SIGINT", "SIGQUIT", "SIGKILL"] as const).map(
    (signal): WayToFail => ({
      name: `PostgreSQL ended by ${signal}`,
      service,
      database: service.services.database,
      patienceMs: TEN_SECONDS,
      async begin() {
        const server = await readPidFile(data);
        if (!server) throw new Error(`no server runs on ${data}`);
        process.kill(server.pid, signal);
      },
      end: () => {},
    }),
  );
  return { ways, close: () => service.close() };
}

function failingFiles() {
  let isFailing = false;
  const faults: FaultPoints = {
    async before(step) {
      if (isFailing && step.startsWith("file ")) throw new Error(`EROFS: read-only file system, ${step}`);
    },
    async after() {},
  };
  const fail = (does: boolean) => {
    isFailing = does;
  };
  return { faults, fail };
}

const KILL_EVERY_MS = 200;

/** Whichever renders is killed, and so is its successor, for as long as it lasts. */
function killingRenderers({ services }: TorturedService): Pick<WayToFail, "begin" | "end"> {
  let timer: NodeJS.Timeout | undefined;
  return {
    async begin() {
      const renderers = (await services.issuing()).renderer as RenderPool;
      timer = setInterval(() => {
        for (const pid of renderers.pids()) if (pid > 0) process.kill(pid, "SIGKILL");
      }, KILL_EVERY_MS);
    },
    end: () => clearInterval(timer),
  };
}
