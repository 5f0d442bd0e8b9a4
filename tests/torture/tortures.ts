import { backupTorture } from "./backup.ts";
import { KILLS } from "./kills.ts";
import { ONE_ORDER } from "./one-order.ts";
import { cuts } from "./outages/cuts.ts";
import { outages } from "./outages/outages.ts";
import { STORAGE, STORAGE_IN_A_BUCKET } from "./storage.ts";
import type { Torture } from "./torture.ts";
import { TWO_NODES } from "./two-nodes.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [
  KILLS,
  ONE_ORDER,
  TWO_NODES,
  cuts,
  outages,
  STORAGE,
  STORAGE_IN_A_BUCKET,
  backupTorture,
];
