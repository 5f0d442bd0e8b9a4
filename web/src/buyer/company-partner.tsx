import { useTranslation } from "react-i18next";
import type { ShownAccount } from "../api/account-lookup.ts";
import { FactList } from "../shell/fact-list.tsx";

/** Whom to turn to instead of us: accounts that a partner serves get their contracts there (R19). */
export function CompanyPartner({
  partner: { name, kind, contact },
}: {
  partner: NonNullable<ShownAccount["servedBy"]>;
}) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="company-partner">
      <h2 id="company-partner">{t("company.partner.heading")}</h2>
      <p className="soft company-part-lead">{t("company.partner.lead")}</p>
      <FactList
        facts={[
          { label: t("company.partner.name"), value: name },
          { label: t("company.partner.kind"), value: t(`company.partner.kinds.${kind}`) },
          {
            label: t("company.partner.contact"),
            value: contact.includes("@") ? <a href={`mailto:${contact}`}>{contact}</a> : contact,
          },
        ]}
      />
    </section>
  );
}
