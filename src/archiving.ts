import { join } from "node:path";
import type { ArchiveContractPorts } from "./application/archive-contract.ts";
import type { Check } from "./cli/installation.ts";
import { readTimestampRoots } from "./document/timestamp-roots.ts";
import type { Language } from "./domain/localized.ts";
import type { Environment } from "./environment.ts";
import type { Services } from "./services.ts";
import { openTimestamps } from "./timestamps.ts";

/** For each question to an authority. */
const TIMEOUT_MS = 5_000;

type ArchivingServices = Pick<Services, "ledger" | "clock" | "objects" | "keys" | "seals">;

/** What archiving needs; null without a timestamp authority, for an archive rests on its timestamp. */
export async function openArchiving(
  environment: Environment,
  { ledger, clock, objects, keys, seals }: ArchivingServices,
  log: (line: string) => void,
): Promise<ArchiveContractPorts | null> {
  const { client: timestamp } = await openTimestamps(environment, clock, log);
  if (timestamp === null) return null;
  const { openCompanyArchivist } = await import("./document/company-archivist.ts");
  const timestampRoots = (await readTimestampRoots(join(environment.home, "keys"))) ?? [];
  const roots = async () => [...(await keys.roots()), ...timestampRoots];
  const archivist = openCompanyArchivist({ keys: { roots }, timestamp, timeoutMs: TIMEOUT_MS });
  return { ledger, clock, objects, seals, archivist };
}

/** What keeps contracts from being archived, for the operator. */
export async function archivingCheck(
  { timestampUrl }: Pick<Environment, "timestampUrl">,
  { ledger }: Pick<Services, "ledger">,
  language: Language,
): Promise<Check> {
  const name = "archives";
  const say = (zh: string, en: string) => (language === "zh-CN" ? zh : en);
  if (timestampUrl === null)
    return {
      name,
      ok: true,
      detail: say("未设置 ORDERSEAL_TSA_URL，不制作存档文件", "none are made: ORDERSEAL_TSA_URL is not set"),
    };
  const trouble = await ledger.archiveTrouble();
  if (trouble === null) return { name, ok: true, detail: say("没有存档受阻", "none is in trouble") };
  const { contracts, reason } = trouble;
  // Whoever seals with certificates that name no revocation service has chosen to; nothing is broken then.
  return {
    name,
    ok: reason.startsWith("no_source"),
    detail: say(
      `${contracts} 份合同尚未存档，等待最久者的原因：${reason}`,
      `${contracts} wait, the longest for: ${reason}`,
    ),
  };
}
