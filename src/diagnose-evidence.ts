import type { Check } from "./cli/installation.ts";
import type { Language } from "./domain/localized.ts";
import type { Services } from "./services.ts";

/** Of the oldest and of the newest: the oldest are those that a master key which was left out has wrapped. */
const TRIED_OF_EACH = 10;

/** Whether evidence of identities can be opened: with the master key of another installation, or after a restore, it cannot. */
export async function diagnoseEvidence(
  { ledger, accountKeys }: Pick<Services, "ledger" | "accountKeys">,
  language: Language,
): Promise<Check> {
  const keys = await ledger.sampleAccountKeys(TRIED_OF_EACH);
  const opened = await Promise.all(keys.map(({ account, key }) => accountKeys.open(account, key.wrapped)));
  const shut = opened.filter((plain) => plain === null).length;
  const detail =
    shut === 0
      ? {
          "zh-CN": keys.length === 0 ? "尚无实名认证材料" : `抽查 ${keys.length} 个账号的密钥，均可打开`,
          en: keys.length === 0 ? "none is kept" : `keys of accounts that were tried, and open: ${keys.length}`,
        }
      : {
          "zh-CN": `抽查 ${keys.length} 个账号的密钥，${shut} 个无法打开；请放回原来的 master.key，或将其加入 ORDERSEAL_MASTER_KEY`,
          en: `${shut} of ${keys.length} keys of accounts cannot be opened; put the former master.key back, or add it to ORDERSEAL_MASTER_KEY`,
        };
  return { name: "evidence", ok: shut === 0, detail: detail[language] };
}
