import type { Ledger } from "./application/ports.ts";
import type { Check } from "./cli/installation.ts";
import type { Language } from "./domain/localized.ts";
import { isoOf } from "./domain/time.ts";
import { timestampFaultText } from "./domain/timestamp-fault.ts";
import type { Environment } from "./environment.ts";
import type { Services } from "./services.ts";
import { openTimestamps } from "./timestamps.ts";

/** Whether the timestamp authority gives timestamps that hold, and how many contracts wait for one. */
export async function diagnoseTimestamps(
  environment: Environment,
  { ledger, clock }: Pick<Services, "ledger" | "clock">,
  language: Language,
): Promise<readonly Check[]> {
  const found = await ledger.waitingForTimestamp();
  return [await authority(environment, clock, language, found !== null), waiting(found, language)];
}

async function authority(
  environment: Environment,
  clock: Services["clock"],
  language: Language,
  isAwaited: boolean,
): Promise<Check> {
  const name = "timestamps";
  const address = addressOf(environment.timestampUrl ?? "");
  try {
    const { client, gate } = await openTimestamps(environment, clock, () => {});
    if (!client) return { name, ok: !isAwaited, detail: NOT_CONFIGURED[isAwaited ? "awaited" : "idle"][language] };
    const trouble = await gate.findTrouble();
    if (trouble) {
      const { reason, detail } = trouble;
      const fault = language === "zh-CN" ? `${timestampFaultText(reason)["zh-CN"]}（${reason}）` : reason;
      return { name, ok: false, detail: `${address}: ${fault}: ${detail}` };
    }
    const holds = { "zh-CN": `${address} 提供有效的时间戳`, en: `${address} gives timestamps that hold` };
    return { name, ok: true, detail: holds[language] };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Without its query, in which some authorities want a key. */
function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin + new URL(url).pathname : "";
}

const NOT_CONFIGURED = {
  idle: {
    "zh-CN": "未配置时间戳服务；签章不带时间戳",
    en: "no authority is configured; seals carry no timestamp",
  },
  awaited: {
    "zh-CN": "未配置时间戳服务，但有合同正在等待时间戳；请设置 ORDERSEAL_TSA_URL",
    en: "no authority is configured, and contracts wait for one; set ORDERSEAL_TSA_URL",
  },
} as const;

function waiting(found: Awaited<ReturnType<Ledger["waitingForTimestamp"]>>, language: Language): Check {
  const name = "timestamp pending";
  if (!found) {
    const nobody = { "zh-CN": "没有合同在等待时间戳", en: "no contract waits for a timestamp" };
    return { name, ok: true, detail: nobody[language] };
  }
  const since = isoOf(found.since);
  const contracts = found.count === 1 ? "1 contract waits" : `${found.count} contracts wait`;
  const detail = {
    "zh-CN": `${found.count} 份合同正在等待时间戳，最早自 ${since} 起`,
    en: `${contracts} for a timestamp, since ${since}`,
  };
  return { name, ok: false, detail: detail[language] };
}
