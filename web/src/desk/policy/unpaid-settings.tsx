import { useTranslation } from "react-i18next";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { CodesSetting } from "./codes-setting.tsx";
import { HoldSetting } from "./hold-setting.tsx";
import type { SettingsProps } from "./policy-form.tsx";
import { SettingField } from "./setting-field.tsx";

/** As sources name them; others can be added. */
const DOMAIN_SERVICES = [
  ...["registration", "renewal", "transfer_in", "redemption", "buyback", "buyback_zhiyu_hulian"],
  ...["auction", "backorder", "fixed_price"],
];

/** What holds before an order is paid. */
export function UnpaidSettings({ entries, names, field, onChange }: SettingsProps) {
  const { t } = useTranslation("desk");
  const { domainService } = useOrderWords();
  const services = new Map(DOMAIN_SERVICES.map((code) => [code, domainService(code)]));
  return (
    <section aria-labelledby="edit-unpaid">
      <h2 id="edit-unpaid">{t("policy.group.unpaid")}</h2>
      <SettingField {...field("hold")}>
        <HoldSetting entries={entries} onChange={onChange} />
      </SettingField>
      <SettingField {...field("domainProducts")}>
        <CodesSetting
          id="add-domain-product"
          addLabel={t("policy.addDomainProduct")}
          known={new Map(entries.domainProducts.map((code) => [code, names.get(code) ?? code]))}
          proposed={names}
          chosen={entries.domainProducts}
          onChange={(domainProducts) => onChange({ domainProducts })}
        />
      </SettingField>
      <SettingField {...field("domainServicesBeforePayment")}>
        <CodesSetting
          id="add-domain-service"
          addLabel={t("policy.addDomainService")}
          known={services}
          proposed={new Map()}
          chosen={entries.domainServices}
          onChange={(domainServices) => onChange({ domainServices })}
        />
      </SettingField>
    </section>
  );
}
