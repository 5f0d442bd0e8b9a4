import { FLIPS, REVISIONS, TRUNCATIONS } from "./altered-parts.ts";
import type { Part } from "./part.ts";

/** In the order in which they run. */
export const PARTS: readonly Part[] = [FLIPS, TRUNCATIONS, REVISIONS];
