import { backupTorture } from "./backup.ts";
import { BROKEN } from "./broken-shops.ts";
import { KILLS, RANDOM_KILLS } from "./kills.ts";
import { MODEL } from "./model.ts";
import { ONE_ORDER } from "./one-order.ts";
import { cuts } from "./outages/cuts.ts";
import { outages } from "./outages/outages.ts";
import { PROBES } from "./probes.ts";
import { SIMULATION } from "./simulation/simulation.ts";
import { STORAGE, STORAGE_IN_A_BUCKET } from "./storage.ts";
import type { Torture } from "./torture.ts";
import { TWO_NODES } from "./two-nodes.ts";
import { webhooksTorture } from "./webhooks.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [
  PROBES,
  ONE_ORDER,
  KILLS,
  RANDOM_KILLS,
  TWO_NODES,
  cuts,
  outages,
  STORAGE,
  STORAGE_IN_A_BUCKET,
  webhooksTorture,
  backupTorture,
  MODEL,
  SIMULATION,
  BROKEN,
];
