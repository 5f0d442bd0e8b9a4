import type { Torture } from "./torture.ts";
import { webhooksTorture } from "./webhooks.ts";

/** In the order in which they run. */
export const TORTURES: readonly Torture[] = [webhooksTorture];
