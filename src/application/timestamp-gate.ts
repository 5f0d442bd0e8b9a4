import type { TimestampFault } from "../domain/timestamp-fault.ts";

/** Why the timestamp authority gave no timestamp that holds. */
export interface TimestampTrouble {
  readonly reason: TimestampFault;
  /** For the operator's log, in English. */
  readonly detail: string;
}

/** Whether contracts can have their timestamp at present; asked before one is begun that may not wait for it. */
export interface TimestampGate {
  /** False: there is no authority, and seals carry no timestamp. */
  readonly isConfigured: boolean;
  /** True when none is configured, or the authority gave one that holds a moment ago. */
  answeredLately(): boolean;
  /** Asks the authority for one, over random bytes; null when it holds. */
  findTrouble(): Promise<TimestampTrouble | null>;
}

export type SealOutcome =
  | { readonly kind: "sealed"; readonly pdf: Uint8Array }
  | { readonly kind: "no_timestamp"; readonly failure: TimestampTrouble };
