import { FLIPS, REVISIONS, TRUNCATIONS } from "./altered-parts.ts";
import { HOSTILE } from "./hostile-part.ts";
import type { Part } from "./part.ts";
import { SERVICE } from "./service-part.ts";

/** In the order in which they run. */
export const PARTS: readonly Part[] = [FLIPS, TRUNCATIONS, REVISIONS, HOSTILE, SERVICE];
