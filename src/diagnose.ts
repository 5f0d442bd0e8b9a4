import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { archivingCheck } from "./archiving.ts";
import type { Check } from "./cli/installation.ts";
import { diagnoseEvidence } from "./diagnose-evidence.ts";
import { diagnoseObjects } from "./diagnose-objects.ts";
import { diagnoseTimestamps } from "./diagnose-timestamps.ts";
import { diagnoseWalls } from "./diagnose-walls.ts";
import { diagnoseWebhooks } from "./diagnose-webhooks.ts";
import { fontPaths } from "./document/fonts.ts";
import type { Language } from "./domain/localized.ts";
import { type Instant, instantOf } from "./domain/time.ts";
import type { Environment } from "./environment.ts";
import { diagnoseKeys } from "./key-diagnosis.ts";
import { builtConsole, openServices } from "./services.ts";

export interface DiagnoseOptions {
  readonly language: Language;
  /** The instant that keys are judged by; now where it is left out. */
  readonly at?: Instant;
}

/** Tries everything that the service needs; each check says what was found, or what is wrong. */
export async function diagnose(environment: Environment, options: DiagnoseOptions): Promise<readonly Check[]> {
  const say = (zh: string, en: string) => (options.language === "zh-CN" ? zh : en);
  return [
    await tried("fonts", async () => {
      await Promise.all(fontPaths().map((path) => access(path, constants.R_OK)));
      return say(`${fontPaths().length} 个字体文件`, `${fontPaths().length} font files`);
    }),
    await tried("console", async () => {
      if (builtConsole() === null)
        throw new Error(say("尚未构建；请执行 npm run build", "not built; run npm run build"));
      return say("已构建", "built");
    }),
    ...(await diagnoseInstallation(environment, say, options)),
  ];
}

async function diagnoseInstallation(
  environment: Environment,
  say: (zh: string, en: string) => string,
  { language, at = instantOf(Date.now()) }: DiagnoseOptions,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const opened = await tried("database", async () => {
    const services = await openServices(environment, { log: () => {}, clock: { now: () => at } });
    try {
      checks.push(await diagnoseWalls(services, language));
      checks.push(...(await diagnoseKeys(services.keys, at, language)));
      const seller = await services.ledger.defaultSeller();
      if (!seller) {
        const detail = say(
          "尚无卖方；请用 PUT /v1/sellers/{seller} 登记",
          "there is no seller yet; create one with PUT /v1/sellers/{seller}",
        );
        checks.push({ name: "seal", ok: false, detail });
      } else if (!(await services.keys.sellers()).includes(seller.id)) {
        const detail = say(
          `${seller.id} 没有签章密钥；请执行 orderseal keys request --seller ${seller.id}`,
          `${seller.id} has no seal key; run orderseal keys request --seller ${seller.id}`,
        );
        checks.push({ name: "seal", ok: false, detail });
      }
      checks.push(...(await diagnoseTimestamps(environment, services, language)));
      checks.push(await archivingCheck(environment, services, language));
      checks.push(...(await diagnoseObjects(environment, services, language)));
      checks.push(await diagnoseEvidence(services, language));
      checks.push(await diagnoseWebhooks(services, at, language));
      return environment.databaseUrl === null
        ? say(`内置数据库，位于 ${environment.home}`, `embedded, in ${environment.home}`)
        : say("DATABASE_URL 所指的服务器", "the server of DATABASE_URL");
    } finally {
      await services.close();
    }
  });
  return [opened, ...checks];
}

async function tried(name: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await check() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
