/** Keys of the audit, none of which is in the database: signatures for batches, codes for single entries. */
export interface ChainKeys {
  /** Names the key that is used for new ones. */
  readonly id: string;
  sign(body: Buffer): Buffer;
  code(body: Buffer): Buffer;
  /** "unknown_key": the key of that name is not at hand, so that nothing can be said. */
  verify(key: string, body: Buffer, signature: Buffer): KeyVerdict;
  verifyCode(key: string, body: Buffer, code: Buffer): KeyVerdict;
}

export type KeyVerdict = "ours" | "not_ours" | "unknown_key";
