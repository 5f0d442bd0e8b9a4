import { join } from "node:path";
import { adoptSealKeys } from "../src/application/propose-seal-key.ts";
import { openKeyDesk } from "../src/document/key-desk.ts";
import type { Services } from "../src/services.ts";

/** Lets the keys that lie there seal, as an installation that has sealed before does at its update; and waits until they do. */
export async function adoptKeys(services: Services): Promise<void> {
  const { database, environment, clock, keys } = services;
  await database.insertInto("settings").values({ name: "seal_keys_to_adopt", value: "all" }).execute();
  const lines = await openKeyDesk(join(environment.home, "keys")).list(null, clock.now());
  await adoptSealKeys(services, lines);
  const usable = lines.filter(({ state }) => state === "in_use").map(({ seller }) => seller);
  for (const seller of new Set(usable)) {
    while (!(await keys.hasKey(seller, clock.now()))) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
