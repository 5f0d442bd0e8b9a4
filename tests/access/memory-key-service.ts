import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type AccountKeyVault, KeysUnavailable } from "../../src/application/account-keys.ts";

/**
 * A vault as a key service is one: data keys are made and opened by asking, under keys that never leave it, with the
 * account as the context that has to be the same again; and it can be out of reach.
 */
export class MemoryKeyService {
  readonly #keys: Buffer[] = [randomBytes(32)];
  isReachable = true;

  rotate(): void {
    this.#keys.unshift(randomBytes(32));
  }

  vault(): AccountKeyVault {
    return {
      newKey: async (account) => {
        const plain = randomBytes(32);
        return { plain, wrapped: this.#wrap(plain, account) };
      },
      open: async (account, wrapped) => this.#open(Buffer.from(wrapped), account),
    };
  }

  #wrap(plain: Buffer, context: string): Buffer {
    this.#answer();
    const nonce = randomBytes(12);
    const [key] = this.#keys;
    if (!key) throw new Error("there is always one");
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  #open(wrapped: Buffer, context: string): Uint8Array | null {
    this.#answer();
    for (const key of this.#keys) {
      try {
        const options = { authTagLength: 16 };
        const decipher = createDecipheriv("aes-256-gcm", key, wrapped.subarray(0, 12), options);
        decipher.setAAD(Buffer.from(context)).setAuthTag(wrapped.subarray(-16));
        return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
      } catch {
        // Another key, or none.
      }
    }
    return null;
  }

  #answer(): void {
    if (!this.isReachable) throw new KeysUnavailable("the key service does not answer");
  }
}
