import { randomBytes } from "node:crypto";
import { checkObject } from "./application/check-objects.ts";
import { nameOfObject } from "./application/read-object.ts";
import type { Check } from "./cli/installation.ts";
import type { Language } from "./domain/localized.ts";
import type { Environment } from "./environment.ts";
import type { Services } from "./services.ts";

type ObjectServices = Pick<Services, "ledger" | "objects">;

/** Whether files can be kept and read, and whether those that were found damaged still are. */
export async function diagnoseObjects(
  { objects: place }: Pick<Environment, "objects">,
  services: ObjectServices,
  language: Language,
): Promise<readonly Check[]> {
  const say = (zh: string, en: string) => (language === "zh-CN" ? zh : en);
  const name = "files";
  try {
    await tryStore(services);
  } catch (error) {
    return [{ name, ok: false, detail: error instanceof Error ? error.message : String(error) }];
  }
  const where = typeof place === "string" ? place : `s3://${place.bucket}/${place.prefix}`;
  return [
    { name, ok: true, detail: say(`${where} 可写可读`, `${where} keeps and gives files`) },
    await damaged(services, say),
  ];
}

/** Keeps a file that nobody will ever refer to, reads it back, and takes it away again. */
async function tryStore({ objects }: ObjectServices): Promise<void> {
  const bytes = randomBytes(64);
  const hash = await objects.put(bytes);
  const got = await objects.get(hash);
  await objects.setAside(hash);
  await objects.discard(hash);
  if (got === null) throw new Error("a file that was kept a moment ago is not found");
}

async function damaged({ ledger, objects }: ObjectServices, say: (zh: string, en: string) => string): Promise<Check> {
  const name = "damaged files";
  const checked = await Promise.all((await ledger.damagedObjects()).map((object) => checkObject(objects, object)));
  const bad = checked.filter(({ verdict }) => verdict !== "present");
  const [first] = bad;
  if (!first) {
    const none = say(
      "未发现；全部核对请执行 orderseal audit verify",
      "none known; orderseal audit verify reads them all",
    );
    return { name, ok: true, detail: none };
  }
  const worst = `${nameOfObject(first.object)}: ${first.verdict}`;
  return {
    name,
    ok: false,
    detail: say(
      `${bad.length} 个文件缺失或被改动，停止提供；首个：${worst}。请从备份恢复`,
      `${bad.length} missing or altered, and given to nobody; the first: ${worst}. Restore from a backup`,
    ),
  };
}
