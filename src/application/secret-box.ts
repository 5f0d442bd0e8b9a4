/** Keeps small secrets readable for this installation only: encrypted and bound to what they belong to. */
export interface SecretBox {
  /** `belongsTo` is not in the result; whoever opens it has to name the same. */
  lock(secret: Uint8Array, belongsTo: string): Uint8Array;
  /** Null when it was altered, belongs to something else, or was locked under a key that is not at hand. */
  open(locked: Uint8Array, belongsTo: string): Uint8Array | null;
}
