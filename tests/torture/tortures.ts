import { KILLS } from "./kills.ts";
import { cuts } from "./outages/cuts.ts";
import { outages } from "./outages/outages.ts";
import type { Torture } from "./torture.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [KILLS, cuts, outages];
