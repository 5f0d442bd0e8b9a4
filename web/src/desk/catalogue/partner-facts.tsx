import { useTranslation } from "react-i18next";
import type { Partner } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FactList } from "../../shell/fact-list.tsx";
import { PARTNER_KIND_WORDS } from "./catalogue-words.ts";

/** How many accounts a partner serves; and `all` else that there is to know, for whoever may only look. */
export function PartnerFacts({ partner, all }: { partner: Partner; all: boolean }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { kind, name, contact, accounts } = partner;
  const rest = [
    { label: t("catalogue.partners.column.name"), value: name },
    { label: t("catalogue.partners.column.kind"), value: PARTNER_KIND_WORDS[kind][language] },
    { label: t("catalogue.partners.column.contact"), value: contact },
  ];
  const served = { label: t("catalogue.partners.column.accounts"), value: String(accounts) };
  return <FactList facts={[...(all ? rest : []), served]} />;
}
