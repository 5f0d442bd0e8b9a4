import { beforeEach, describe, expect, test } from "vitest";
import { type AccountKeyVault, KeysUnavailable } from "../../src/application/account-keys.ts";
import { type AccountId, parseAccountId } from "../../src/domain/identifiers.ts";

export interface VaultUnderTest {
  readonly vault: AccountKeyVault;
  /** The same vault without the key that it wraps by: destroyed, or in other hands. */
  readonly bereft: AccountKeyVault;
  /** The same after its key was followed by another. */
  readonly rotated: AccountKeyVault;
  /** Null where it cannot fail in passing. */
  readonly failing: AccountKeyVault | null;
}

const [A, B] = [accountOf("account-a"), accountOf("account-b")];

function accountOf(text: string): AccountId {
  const account = parseAccountId(text);
  if (!account) throw new Error(`${text} is no account's id`);
  return account;
}

/** What every vault promises: the one of the master key, and any key service behind the same port. */
export function describeAccountKeyVault(name: string, start: () => VaultUnderTest): void {
  describe(name, () => {
    let under: VaultUnderTest;
    beforeEach(() => {
      under = start();
    });

    test("a key is 32 bytes, is another each time, and is not in what is stored of it", async () => {
      const [one, other] = await Promise.all([under.vault.newKey(A), under.vault.newKey(A)]);
      expect(one.plain).toHaveLength(32);
      expect(Buffer.from(one.plain)).not.toEqual(Buffer.from(other.plain));
      expect(Buffer.from(one.wrapped).includes(Buffer.from(one.plain))).toBe(false);
      // As the books take it.
      expect(one.wrapped.length).toBeGreaterThanOrEqual(32);
      expect(one.wrapped.length).toBeLessThanOrEqual(8192);
    });

    test("what is stored opens for its account, and after a rotation, and for nobody else", async () => {
      const { plain, wrapped } = await under.vault.newKey(A);
      expect(Buffer.from((await under.vault.open(A, wrapped)) ?? [])).toEqual(Buffer.from(plain));
      expect(Buffer.from((await under.rotated.open(A, wrapped)) ?? [])).toEqual(Buffer.from(plain));
      expect(await under.vault.open(B, wrapped)).toBeNull();
      expect(await under.bereft.open(A, wrapped)).toBeNull();
    });

    test("altered, cut short or empty, it does not open", async () => {
      const { wrapped } = await under.vault.newKey(A);
      for (let index = 0; index < wrapped.length; index++) {
        const altered = Buffer.from(wrapped);
        altered[index] = (altered[index] ?? 0) ^ 1;
        expect(await under.vault.open(A, altered)).toBeNull();
      }
      expect(await under.vault.open(A, wrapped.subarray(0, -1))).toBeNull();
      expect(await under.vault.open(A, new Uint8Array())).toBeNull();
    });

    test("one that is out of reach says so, and not that the key is none", async () => {
      const { failing } = under;
      if (!failing) return;
      const { wrapped } = await under.vault.newKey(A);
      await expect(failing.newKey(A)).rejects.toThrow(KeysUnavailable);
      await expect(failing.open(A, wrapped)).rejects.toThrow(KeysUnavailable);
    });
  });
}
