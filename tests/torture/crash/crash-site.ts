import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRenderPool, type RenderPool } from "../../../src/document/render-pool.ts";
import type { AccountId } from "../../../src/domain/identifiers.ts";
import { instantOf } from "../../../src/domain/time.ts";
import { readEnvironment } from "../../../src/environment.ts";
import { openServices } from "../../../src/services.ts";
import { freePort } from "../../free-port.ts";
import { makeKey } from "../../test-key.ts";
import type { TortureDatabase } from "../torture.ts";
import type { Authorities } from "./authorities.ts";
import { buildNode } from "./built-node.ts";
import type { NodeOptions } from "./node-messages.ts";
import { type CrashNode, loadNode, startNode } from "./running-node.ts";

const HOUR_MS = 3_600_000;
const ACCOUNT = "torture" as AccountId;

/** One installation: a database and a home, on which nodes start and die. */
export interface CrashSite {
  readonly database: TortureDatabase;
  readonly objects: string;
  start(options?: Partial<Omit<NodeOptions, "settings">>): Promise<CrashNode>;
  readonly machineKey: string;
  close(): Promise<void>;
}

/**
 * With the seller and the keys of the demonstration, one verified account, and a renderer that outlives every node. Where
 * there are `authorities`, the keys are theirs, and contracts have their timestamps and can be archived.
 */
export async function openCrashSite(
  database: TortureDatabase,
  { script, renderers }: Workshop,
  authorities: Authorities | null = null,
): Promise<CrashSite> {
  const home = await mkdtemp(join(tmpdir(), "orderseal-crash-"));
  await authorities?.furnish(home);
  const settings = {
    ...{ ORDERSEAL_HOME: home, DATABASE_URL: database.url },
    ...(authorities && { ORDERSEAL_TSA_URL: authorities.timestampUrl }),
  };
  const machineKey = await furnish({ ...settings, ORDERSEAL_DEMO: "1" });
  // Made once in the life of an installation, so that a step of making it would not be met again.
  await mkdir(join(home, "objects"));
  const nodes = new Set<CrashNode>();
  // One is loaded ahead, so that the next start takes no longer than opening an installation.
  let spare = loadNode(script);
  return {
    database,
    objects: join(home, "objects"),
    start: async (options = {}) => {
      const own = { ...settings, ORDERSEAL_DEMO: "0", ORDERSEAL_PORT: String(await freePort()) };
      const defaults = { http: false, skewMs: 0, ownRenderer: false, startDeath: null };
      const node = startNode(spare, { ...defaults, ...options, settings: own }, renderers);
      spare = loadNode(script);
      nodes.add(node);
      void node.ended.then(() => nodes.delete(node));
      return node;
    },
    machineKey,
    close: async () => {
      spare.kill("SIGKILL");
      for (const node of nodes) node.kill();
      await Promise.all([...nodes].map(({ ended }) => ended));
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What all sites of a run share: the program of a node, and who draws for nodes that have no renderer of their own. */
export interface Workshop {
  readonly script: string;
  readonly renderers: Pick<RenderPool, "render">;
  /** How many contracts it has drawn. */
  drawn(): number;
  close(): Promise<void>;
}

export async function inWorkshop<Value>(work: (workshop: Workshop) => Promise<Value>): Promise<Value> {
  const workshop = await openWorkshop();
  try {
    return await work(workshop);
  } finally {
    await workshop.close();
  }
}

export async function openWorkshop(): Promise<Workshop> {
  const [built, pool] = await Promise.all([buildNode(), openRenderPool({ processes: 1, timeoutMs: 60_000 })]);
  let drawn = 0;
  const render: RenderPool["render"] = (snapshot) => {
    drawn += 1;
    return pool.render(snapshot);
  };
  const close = async () => {
    await pool.close();
    await built.remove();
  };
  return { script: built.script, renderers: { render }, drawn: () => drawn, close };
}

async function furnish(settings: Readonly<Record<string, string>>): Promise<string> {
  const environment = readEnvironment(settings, tmpdir());
  if (!environment.ok) throw new Error(environment.fault);
  // Keys that are valid already by the clock of a node that is behind.
  const clock = { now: () => instantOf(Date.now() - HOUR_MS) };
  const services = await openServices(environment.value, { log: () => {}, clock });
  try {
    await services.ledger.transaction((transaction) => transaction.saveAccount(ACCOUNT, IDENTITY, null));
    return await makeKey(services, "torture");
  } finally {
    await services.close();
  }
}

const IDENTITY = {
  state: "verified",
  kind: "enterprise",
  legalName: "深圳示例智造有限公司",
  legalNameEn: null,
  registrationNumber: null,
  address: null,
} as const;
