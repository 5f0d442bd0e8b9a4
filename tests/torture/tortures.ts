import { BROKEN } from "./broken-shops.ts";
import { MODEL } from "./model.ts";
import { SIMULATION } from "./simulation/simulation.ts";
import type { Torture } from "./torture.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [MODEL, SIMULATION, BROKEN];
