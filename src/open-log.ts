import { randomBytes } from "node:crypto";
import type { LogKeys, TransparencyLog } from "./application/transparency-log.ts";
import type { LogSource } from "./application/verify-log.ts";
import type { LogWitness } from "./application/watch-log.ts";
import type { Environment } from "./environment.ts";
import type { Database } from "./store/database.ts";
import { openLogKeys } from "./store/log-keys.ts";
import { openLogSource } from "./store/log-source.ts";
import { openLogWitness } from "./store/log-witness.ts";
import type { MasterKey } from "./store/master-key.ts";
import { openTransparencyLog } from "./store/transparency-log.ts";

export interface LogParts {
  readonly logSource: LogSource;
  readonly transparencyLog: TransparencyLog;
  readonly logKeys: LogKeys;
  readonly logWitness: LogWitness;
}

/** The transparency log, the keys that sign it, and what this node has seen of it. */
export function openLog(
  { reserve, maintenance }: { readonly reserve: Database; readonly maintenance: Database },
  master: MasterKey,
  { home, publicUrl }: Pick<Environment, "home" | "publicUrl">,
): LogParts {
  const logKeys = openLogKeys(master);
  // Two installations at one address, one after the other, have two logs.
  const nameOfNewLog = () => `${new URL(publicUrl).host}/orderseal-log/${randomBytes(4).toString("hex")}`;
  const transparencyLog = openTransparencyLog(reserve, logKeys, nameOfNewLog);
  return { transparencyLog, logSource: openLogSource(maintenance), logKeys, logWitness: openLogWitness(home) };
}
