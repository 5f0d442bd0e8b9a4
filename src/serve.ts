import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { failureText } from "./application/failure-text.ts";
import { openArchiving } from "./archiving.ts";
import { ensureDemoOrders } from "./demo.ts";
import { DEMO_ACCOUNTS } from "./demo-parties.ts";
import { DEMO_STAFF } from "./demo-staff.ts";
import { areDemoKeys } from "./document/demo-keys.ts";
import { openSealKeyRegister } from "./document/sealing-outlook.ts";
import { CONTRACT_TEMPLATES } from "./document/template-manifest.ts";
import type { Environment } from "./environment.ts";
import type { HttpDependencies } from "./http/dependencies.ts";
import { buildServer } from "./http/server.ts";
import { startChaining } from "./jobs/chaining.ts";
import { startCollecting } from "./jobs/collecting.ts";
import { startLogging } from "./jobs/logging.ts";
import { type Schedule, startSchedule } from "./jobs/schedule.ts";
import { startWebhookLanes } from "./jobs/webhooks/webhook-lanes.ts";
import { openOpenidProvider } from "./openid-provider.ts";
import { builtConsole, type OpenOptions, openServices, type Services } from "./services.ts";
import { SOURCE_FORMATS } from "./sources/source-format.ts";
import { openSignInStore } from "./store/sign-in-store.ts";

/** Supervisors kill after ten seconds and more; the database needs some of them to stop. */
const STOP_PATIENCE_MS = 5_000;
const PROBLEM_PAGES = new URL("../docs/problems/", import.meta.url);

/** Serves until SIGINT or SIGTERM; then lets running requests end, and closes what it opened. */
export async function serve(environment: Environment, print: (line: string) => void): Promise<void> {
  // Listened for from the beginning: a signal during the start must not leave the embedded database running.
  const signal = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  const running = await startService(environment, print);
  print(welcome(environment, running.url));
  await signal;
  print("Stopping …");
  await running.stop();
}

export interface RunningService {
  readonly services: Services;
  readonly schedule: Schedule;
  /** Where it listens: "http://127.0.0.1:4180". */
  readonly url: string;
  stop(): Promise<void>;
}

/** Opens the installation and listens; with as many processes that draw as fit the machine, unless told how many. */
export async function startService(
  environment: Environment,
  print: (line: string) => void,
  options: Omit<OpenOptions, "log"> = {},
): Promise<RunningService> {
  if (!environment.isLocal && areDemoKeys(join(environment.home, "keys"))) {
    throw new Error(
      `${join(environment.home, "keys")} holds demonstration keys, which are never used on a public address (${environment.host}, ${environment.publicUrl}); put real keys there, or stay on 127.0.0.1.`,
    );
  }
  const services = await openServices(environment, { ...options, log: print });
  try {
    // The first look at a key may ask a signer: no request should wait for that.
    const [issuing] = await Promise.all([services.issuing(), lookAtKeys(services)]);
    if (environment.demo) await ensureDemoOrders(services);
    const server = await buildServer(dependenciesOf(services, issuing, environment, print));
    const url = await server.listen({ host: environment.host, port: environment.port }).catch((error: unknown) => {
      throw listeningFault(error, environment);
    });
    // With connections of its own: what was begun is finished, however many ask for more.
    const { scheduled: ledger } = services;
    const archiving = await openArchiving(environment, { ...services, ledger }, print);
    const schedule = startSchedule(
      { ...issuing, ledger, access: services.access, retention: environment.retention },
      print,
      archiving && { ports: archiving, log: print },
    );
    const collecting = startCollecting({ ...services, ledger }, print, (error) =>
      print(`collecting failed: ${failureText(error)}`),
    );
    const lanes = startWebhookLanes({ ...services, ledger, random: Math.random }, (error) =>
      print(`webhooks cannot go on and are tried again: ${failureText(error)}`),
    );
    const chaining = startChaining(services, print);
    const logging = startLogging(services, print);
    const stop = async () => {
      await closeGently(server);
      await Promise.all([schedule.stop(), collecting.stop(), lanes.stop()]);
      await Promise.all([chaining.stop(), logging.stop()]);
      await services.close();
    };
    return { services, schedule, url, stop };
  } catch (error) {
    await services.close();
    throw error;
  }
}

async function lookAtKeys({ keys, clock }: Services): Promise<void> {
  await Promise.all((await keys.sellers()).map((seller) => keys.keys(seller, clock.now())));
}

function dependenciesOf(
  {
    access,
    accountKeys,
    chain,
    transparencyLog,
    logKeys,
    uploads,
    sealDrawing,
    webhooks,
    sender,
    clock,
    keys,
    masterKey,
    database,
    isReady,
  }: Services,
  issuing: Awaited<ReturnType<Services["issuing"]>>,
  environment: Environment,
  print: (line: string) => void,
): HttpDependencies {
  return {
    ...issuing,
    access,
    accountKeys,
    chain,
    transparencyLog,
    logKeys,
    uploads,
    sealDrawing,
    templates: CONTRACT_TEMPLATES,
    webhooks,
    sender,
    isReady,
    ndjson: SOURCE_FORMATS.orderseal,
    sealKeys: openSealKeyRegister(keys),
    hasSealKey: (seller) => keys.hasKey(seller, clock.now()),
    webRoot: builtConsole(),
    problemPage: (code) => readFile(new URL(`${code}.md`, PROBLEM_PAGES), "utf8"),
    demonstration: environment.demo
      ? { notes: new Map(DEMO_ACCOUNTS.map(({ id, note }) => [id, note])), staff: DEMO_STAFF }
      : null,
    staffSignIn: environment.oidc && {
      provider: openOpenidProvider(environment.oidc, environment.publicUrl),
      rules: environment.oidc.rules,
      demanded: environment.oidc.acr,
      store: openSignInStore(database),
      secrets: masterKey.box("oidc tokens"),
    },
    answerSecrets: masterKey.box("secrets in answers"),
    embedOrigins: environment.embedOrigins,
    trustedProxies: environment.trustedProxies,
    requestsPerMinute: environment.requestsPerMinute,
    log: (entry) => print(JSON.stringify(entry)),
  };
}

/**
 * Lets running requests end. A connection that was busy when closing began stays open for the next request, which the
 * browser may never send: it is closed as soon as it is idle, and whatever still hangs after the patience is cut.
 */
async function closeGently(server: FastifyInstance): Promise<void> {
  const closed = server.close();
  const idle = setInterval(() => server.server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.server.closeAllConnections(), STOP_PATIENCE_MS);
  try {
    await closed;
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

/** The usual reasons in a sentence with the way out; any other as the system tells it. */
function listeningFault(error: unknown, { host, port }: Environment): unknown {
  switch (error instanceof Error && "code" in error ? error.code : null) {
    case "EADDRINUSE":
      return new Error(`Port ${port} of ${host} is in use; stop what listens there, or set ORDERSEAL_PORT to another.`);
    case "EACCES":
      return new Error(`Port ${port} is not ours to listen on; set ORDERSEAL_PORT to one above 1023.`);
    case "EADDRNOTAVAIL":
      return new Error(`${host} is no address of this machine; set ORDERSEAL_HOST to one that is.`);
    default:
      return error;
  }
}

function welcome({ publicUrl, demo, oidc, home, databaseUrl, objects }: Environment, local: string): string {
  const lines = [
    "Orderseal is ready.",
    `  Console  ${local}/`,
    `  API      ${local}/v1  (described in ${local}/openapi.json)`,
    `  Data     ${databaseUrl === null ? home : `${home} and the database of DATABASE_URL`}`,
  ];
  if (typeof objects !== "string") lines.push(`  Files    s3://${objects.bucket}/${objects.prefix}`);
  if (publicUrl !== local) lines.push(`  Outside  ${publicUrl}`);
  if (oidc) lines.push(`  Staff    ${publicUrl}/auth/sign-in  (with ${oidc.issuer})`);
  if (demo) {
    lines.push(
      "  Sign in  open the console and choose one of the demo accounts; seals are marked DEMO and have no legal effect",
      "  API key  npx orderseal api-keys create",
    );
  }
  return lines.join("\n");
}
