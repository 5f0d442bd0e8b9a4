import type { Sha256 } from "../domain/identifiers.ts";

/**
 * The object store cannot keep or give files at present: full, read-only, failing, or not to be reached. Nothing was
 * half kept; the same may succeed later. The message says in plain English what the system said.
 */
export class StorageUnavailable extends Error {
  override readonly name = "StorageUnavailable";
}

/** A file that the books refer to is missing, or its bytes are not those that were stored. It is given to nobody. */
export class ObjectDamaged extends Error {
  override readonly name = "ObjectDamaged";
  readonly hash: Sha256;
  readonly damage: "missing" | "altered";

  constructor(hash: Sha256, damage: "missing" | "altered", where: string) {
    const fault = damage === "missing" ? "is missing" : "was altered: its content has another hash";
    super(`the stored file ${where} ${fault}`);
    this.hash = hash;
    this.damage = damage;
  }
}
