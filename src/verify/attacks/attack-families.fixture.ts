import { DOCUMENT_TIMESTAMPS, STORE } from "./archive-attacks.fixture.ts";
import type { AttackFamily } from "./attack.fixture.ts";
import { CERTIFICATION, EMBEDDED } from "./certification-attacks.fixture.ts";
import { CONTAINERS } from "./container-attacks.fixture.ts";
import { SWAPPED_VALUES, UNIVERSAL_FORGERY } from "./forgery-attacks.fixture.ts";
import { INCREMENTAL_SAVING, WRAPPING } from "./saving-attacks.fixture.ts";
import { SHADOW } from "./shadow-attacks.fixture.ts";
import { COMPRESSED, SPELLING, TABLES } from "./structure-attacks.fixture.ts";

export const ATTACK_FAMILIES: readonly AttackFamily[] = [
  UNIVERSAL_FORGERY,
  SWAPPED_VALUES,
  WRAPPING,
  INCREMENTAL_SAVING,
  SHADOW,
  CERTIFICATION,
  EMBEDDED,
  COMPRESSED,
  TABLES,
  SPELLING,
  CONTAINERS,
  STORE,
  DOCUMENT_TIMESTAMPS,
];
