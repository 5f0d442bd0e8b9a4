import { useTranslation } from "react-i18next";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PARTNER_KIND_WORDS, PARTNER_KINDS } from "../catalogue/catalogue-words.ts";
import { Choice, Ticks } from "./choices.tsx";
import type { SettingsProps } from "./policy-form.tsx";
import { ProductsSetting } from "./products-setting.tsx";
import { ORDER_TYPES } from "./rules-entries.ts";
import { SettingField } from "./setting-field.tsx";

/** Which orders may have a contract by self-service. */
export function EligibilitySettings(props: SettingsProps & { readonly product: string | undefined }) {
  const { entries, names, field, onChange, product } = props;
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { type } = useOrderWords();
  return (
    <section aria-labelledby="edit-eligibility">
      <h2 id="edit-eligibility">{t("policy.group.eligibility")}</h2>
      <SettingField {...field("selfServiceProducts")}>
        <ProductsSetting
          products={entries.products}
          names={names}
          wanted={product}
          onChange={(products) => onChange({ products })}
        />
      </SettingField>
      <SettingField {...field("contractableOrderTypes")}>
        <Ticks
          options={ORDER_TYPES.map((value) => ({ value, label: type(value) }))}
          chosen={entries.orderTypes}
          onChange={(orderTypes) => onChange({ orderTypes })}
        />
      </SettingField>
      <SettingField {...field("partnerKindsRefused")}>
        <Ticks
          options={PARTNER_KINDS.map((value) => ({ value, label: PARTNER_KIND_WORDS[value][language] }))}
          chosen={entries.partnerKinds}
          onChange={(partnerKinds) => onChange({ partnerKinds })}
        />
      </SettingField>
      <SettingField {...field("identityRequired")}>
        <Choice
          name="identity-required"
          options={[
            { value: "yes", label: t("policy.say.identity.yes") },
            { value: "no", label: t("policy.say.identity.no") },
          ]}
          value={entries.identityRequired ? "yes" : "no"}
          onChange={(chosen) => onChange({ identityRequired: chosen === "yes" })}
        />
      </SettingField>
      <SettingField {...field("reissueAfterVoid")}>
        <Choice
          name="reissue"
          options={[
            { value: "no", label: t("policy.say.reissue.no") },
            { value: "yes", label: t("policy.say.reissue.yes") },
          ]}
          value={entries.reissueAfterVoid ? "yes" : "no"}
          onChange={(chosen) => onChange({ reissueAfterVoid: chosen === "yes" })}
        />
      </SettingField>
    </section>
  );
}
