import { randomBytes } from "node:crypto";
import type { AccountKeyVault } from "../application/account-keys.ts";
import type { SecretBox } from "../application/secret-box.ts";

const KEY_BYTES = 32;

/** Keys of accounts wrapped by the master key, each bound to its account. */
export function openAccountKeyVault(box: SecretBox): AccountKeyVault {
  return {
    async newKey(account) {
      const plain = randomBytes(KEY_BYTES);
      return { plain, wrapped: box.lock(plain, `account ${account}`) };
    },
    async open(account, wrapped) {
      const plain = box.open(wrapped, `account ${account}`);
      return plain?.length === KEY_BYTES ? plain : null;
    },
  };
}
