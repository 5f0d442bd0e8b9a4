import { randomBytes } from "node:crypto";
import type { AccountKeyVault } from "../../src/application/account-keys.ts";
import { openAccountKeyVault } from "../../src/store/account-key-vault.ts";
import { masterKeyOf } from "../../src/store/master-key.ts";
import { describeAccountKeyVault } from "./account-key-vault-contract.ts";
import { MemoryKeyService } from "./memory-key-service.ts";

const vaultOf = (...keys: readonly Buffer[]): AccountKeyVault =>
  openAccountKeyVault(masterKeyOf(keys).box("account keys"));

describeAccountKeyVault("the vault of the master key", () => {
  const [own, next] = [randomBytes(32), randomBytes(32)];
  return { vault: vaultOf(own), bereft: vaultOf(next), rotated: vaultOf(next, own), failing: null };
});

describeAccountKeyVault("a key service in memory", () => {
  const service = new MemoryKeyService();
  const vault = service.vault();
  const away = new MemoryKeyService();
  away.isReachable = false;
  return {
    vault,
    rotated: {
      newKey: vault.newKey,
      open: (account, wrapped) => {
        service.rotate();
        return vault.open(account, wrapped);
      },
    },
    bereft: new MemoryKeyService().vault(),
    failing: away.vault(),
  };
});
