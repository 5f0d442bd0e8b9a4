import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instantOf } from "../../src/domain/time.ts";
import { readEnvironment } from "../../src/environment.ts";
import { openServices } from "../../src/services.ts";
import { START } from "./shop.ts";
import type { Drawing } from "./shop-node.ts";

export interface RealDrawing {
  readonly drawing: Drawing;
  close(): Promise<void>;
}

/** What the product draws, seals and inspects with, and keys of the model's sellers; the database gets those sellers. */
export async function openRealDrawing(databaseUrl: string): Promise<RealDrawing> {
  const home = await mkdtemp(join(tmpdir(), "orderseal-model-"));
  const settings = { ORDERSEAL_DEMO: "1", ORDERSEAL_HOME: home, DATABASE_URL: databaseUrl };
  const environment = readEnvironment(settings, tmpdir());
  if (!environment.ok) throw new Error(environment.fault);
  const clock = { now: () => instantOf(START) };
  const services = await openServices(environment.value, { log: () => {}, clock, renderProcesses: 1 });
  const { renderer, sealer, inspector } = await services.issuing();
  const close = async () => {
    await services.close();
    await rm(home, { recursive: true, force: true });
  };
  return { drawing: { renderer, sealer, inspector }, close };
}
