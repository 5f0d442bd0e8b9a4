import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { Check } from "./cli/installation.ts";
import { fontPaths } from "./document/fonts.ts";
import type { Environment } from "./environment.ts";
import { builtConsole, openServices } from "./services.ts";

/** Tries everything that the service needs; each check says what was found, or what is wrong. */
export async function diagnose(environment: Environment): Promise<readonly Check[]> {
  return [
    await tried("fonts", async () => {
      await Promise.all(fontPaths().map((path) => access(path, constants.R_OK)));
      return `${fontPaths().length} font files`;
    }),
    await tried("console", async () => {
      if (builtConsole() === null) throw new Error("not built; run npm run build");
      return "built";
    }),
    ...(await diagnoseInstallation(environment)),
  ];
}

async function diagnoseInstallation(environment: Environment): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const opened = await tried("database", async () => {
    const services = await openServices(environment, { log: () => {} });
    try {
      const seller = await services.ledger.defaultSeller();
      checks.push(
        await tried("seal", async () => {
          if (!seller) throw new Error("there is no seller yet; create one with PUT /v1/sellers/{seller}");
          const { certificate, algorithm } = await services.keys.key(seller.id);
          return `${seller.legalName.en} seals with ${algorithm}, certificate of ${certificate.length} bytes`;
        }),
      );
      return environment.databaseUrl === null ? `embedded, in ${environment.home}` : "the server of DATABASE_URL";
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
