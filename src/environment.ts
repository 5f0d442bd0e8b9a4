import { resolve } from "node:path";
import { type AccessSettings, readAccessSettings } from "./access-settings.ts";
import { fail, type Result, succeed } from "./domain/result.ts";
import { type Network, readNetworks } from "./jobs/webhooks/network.ts";
import { OIDC_VARIABLES, type OidcSettings, readOidcSettings } from "./oidc-settings.ts";
import { type RetentionSettings, readRetentionSettings } from "./retention-settings.ts";
import { readS3Location } from "./s3-location.ts";
import type { S3Location } from "./store/s3-bucket.ts";

/** What the operator set, checked. */
export interface Environment extends AccessSettings, RetentionSettings {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Null: the embedded PostgreSQL in `home`. */
  readonly databaseUrl: string | null;
  /** A directory, or a place in an S3 bucket. */
  readonly objects: string | S3Location;
  readonly timestampUrl: string | null;
  /** Where webhooks may go besides the public internet, and by plain http. */
  readonly webhookNetworks: readonly Network[];
  readonly demo: boolean;
  /** Null: the seller's people do not sign in with an identity provider. */
  readonly oidc: OidcSettings | null;
  /** Neither the listening nor the public address leads beyond this machine. */
  readonly isLocal: boolean;
}

const KNOWN = new Set<string>([
  "ORDERSEAL_HOME",
  "ORDERSEAL_PORT",
  "ORDERSEAL_HOST",
  "ORDERSEAL_PUBLIC_URL",
  "ORDERSEAL_OBJECTS",
  "ORDERSEAL_TSA_URL",
  "ORDERSEAL_WEBHOOK_NETWORKS",
  "ORDERSEAL_DEMO",
  "ORDERSEAL_EMBED_ORIGINS",
  "ORDERSEAL_TRUSTED_PROXIES",
  "ORDERSEAL_RATE_LIMIT",
  "ORDERSEAL_MASTER_KEY",
  "ORDERSEAL_RETENTION",
  ...OIDC_VARIABLES,
]);
/** Read by the test suite; a server started from a shell that has them set is not stopped by them. */
const OF_THE_TESTS = /^ORDERSEAL_(REQUIRE_TOOLS|TEST_[A-Z_]+)$/;
const LOOPBACK = new Set(["127.0.0.1", "::1", "[::1]", "localhost"]);

function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/**
 * Reads the environment. The fault is one clear sentence that names the variable, what is wrong with its value and the
 * way out; an unknown ORDERSEAL_ name is a fault too, since it is most likely a slip of the pen.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): Result<Environment, string> {
  const unknown = Object.keys(variables).find((name) => /^ORDERSEAL_/.test(name) && !isKnown(name));
  if (unknown) {
    return fail(`${unknown} is not a setting of this version; the settings are ${[...KNOWN].join(", ")}.`);
  }
  const home = resolve(workingDirectory, variables.ORDERSEAL_HOME || ".orderseal");
  const host = variables.ORDERSEAL_HOST || "127.0.0.1";
  const port = portOf(variables.ORDERSEAL_PORT || "4180");
  if (port === null) {
    return fail(`ORDERSEAL_PORT must be a number from 1 to 65535, not "${variables.ORDERSEAL_PORT}".`);
  }
  // RFC 3986, section 3.2.2: an IPv6 address stands in brackets.
  const address = host.includes(":") ? `[${host}]` : host;
  const publicUrl = (variables.ORDERSEAL_PUBLIC_URL || `http://${address}:${port}`).replace(/\/+$/, "");
  if (!isWebAddress(publicUrl)) {
    return fail(`ORDERSEAL_PUBLIC_URL must be an http or https address, not "${publicUrl}".`);
  }
  const databaseUrl = variables.DATABASE_URL || null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    return fail(
      'DATABASE_URL must begin with postgres:// or postgresql://, for example "postgres://user@host/orderseal".',
    );
  }
  const objects = objectsOf(variables, home, workingDirectory);
  if (!objects.ok) return objects;
  const timestampUrl = variables.ORDERSEAL_TSA_URL || null;
  if (timestampUrl !== null && !isWebAddress(timestampUrl)) {
    return fail(`ORDERSEAL_TSA_URL must be an http or https address, not "${timestampUrl}".`);
  }
  if (timestampUrl !== null && hasCredentials(timestampUrl)) {
    return fail(
      "ORDERSEAL_TSA_URL must be without user and password: they would not be sent, and would stand in the log.",
    );
  }
  const networks = readNetworks(variables.ORDERSEAL_WEBHOOK_NETWORKS ?? "");
  if (!networks.ok) {
    return fail(
      `ORDERSEAL_WEBHOOK_NETWORKS must be networks in CIDR notation with commas between them, such as "10.1.0.0/16,fd00::/8"; "${networks.fault}" is none.`,
    );
  }
  const isLocal = isLoopback(host) && isLoopback(new URL(publicUrl).hostname);
  const demo = demoOf(variables.ORDERSEAL_DEMO, databaseUrl === null && isLocal);
  if (demo === null) return fail(`ORDERSEAL_DEMO must be 1 or 0, not "${variables.ORDERSEAL_DEMO}".`);
  if (demo && !isLocal) {
    const setting = isLoopback(host) ? `ORDERSEAL_PUBLIC_URL=${publicUrl}` : `ORDERSEAL_HOST=${host}`;
    return fail(
      `ORDERSEAL_DEMO and ${setting} do not go together: demonstration keys are never used on a public address; set ORDERSEAL_DEMO=0 or stay on 127.0.0.1.`,
    );
  }
  if (isWildcard(host) && !variables.ORDERSEAL_PUBLIC_URL) {
    return fail(
      `ORDERSEAL_HOST=${host} needs ORDERSEAL_PUBLIC_URL: it goes into every QR code, and nobody can reach ${host}.`,
    );
  }
  const access = readAccessSettings(variables, publicUrl);
  if (!access.ok) return access;
  const retention = readRetentionSettings(variables);
  if (!retention.ok) return retention;
  const oidc = readOidcSettings(variables, publicUrl);
  if (!oidc.ok) return oidc;
  return succeed({
    ...access.value,
    ...retention.value,
    ...{ home, host, port, publicUrl, databaseUrl, objects: objects.value, timestampUrl, demo, isLocal },
    webhookNetworks: networks.value,
    oidc: oidc.value,
  });
}

function objectsOf(
  variables: Readonly<Record<string, string | undefined>>,
  home: string,
  workingDirectory: string,
): Result<string | S3Location, string> {
  const text = variables.ORDERSEAL_OBJECTS || `file:${resolve(home, "objects")}`;
  if (text.startsWith("s3://")) return readS3Location(text, variables);
  if (text.startsWith("file:")) {
    return succeed(resolve(workingDirectory, text.slice("file:".length).replace(/^\/\//, "")));
  }
  return fail(`ORDERSEAL_OBJECTS must begin with file: or s3://, not "${text.split(":")[0]}:".`);
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "[::]";
}

function isKnown(name: string): boolean {
  return KNOWN.has(name) || OF_THE_TESTS.test(name);
}

function portOf(text: string): number | null {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function hasCredentials(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}

function demoOf(text: string | undefined, byDefault: boolean): boolean | null {
  if (text === undefined || text === "") return byDefault;
  if (text === "1" || text === "true") return true;
  return text === "0" || text === "false" ? false : null;
}
