import { STORAGE, STORAGE_IN_A_BUCKET } from "./storage.ts";
import type { Torture } from "./torture.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [STORAGE, STORAGE_IN_A_BUCKET];
