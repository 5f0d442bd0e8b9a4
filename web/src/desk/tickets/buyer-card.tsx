import { useTranslation } from "react-i18next";
import type { Thread } from "../../api/tickets.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { Tag } from "../../shell/standing-tag.tsx";

/** Whose ticket it is: the account, and the identity that names the buyer on a contract (R6). */
export function BuyerCard({ thread }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  return (
    <section className="card" aria-labelledby="ticket-buyer">
      <h2 id="ticket-buyer">{t("tickets.account.heading")}</h2>
      <FactList facts={useBuyerFacts(thread)} />
    </section>
  );
}

function useBuyerFacts({ account, atDesk }: Thread): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const facts: Fact[] = [];
  const buyer = atDesk?.buyer;
  const isVerified = buyer?.state === "verified";
  if (buyer?.legalName != null) {
    const english = language === "en" && buyer.legalNameEn !== null ? { note: buyer.legalNameEn } : {};
    facts.push({ label: t("tickets.account.legalName"), value: buyer.legalName, ...english });
  }
  facts.push({
    label: t("tickets.account.state"),
    value: (
      <Tag tone={isVerified ? "good" : "wait"}>
        {t(isVerified ? "tickets.account.verified" : "tickets.account.unverified")}
      </Tag>
    ),
    ...(isVerified && { note: t("tickets.account.note") }),
  });
  if (buyer?.kind === "individual" || buyer?.kind === "enterprise") {
    facts.push({ label: t("tickets.account.kind"), value: t(`tickets.account.kinds.${buyer.kind}`) });
  }
  if (buyer?.registrationNumber != null) {
    const value = <span className="code wrap">{buyer.registrationNumber}</span>;
    facts.push({ label: t("tickets.account.registrationNumber"), value });
  }
  if (buyer?.address != null) facts.push({ label: t("tickets.account.address"), value: buyer.address });
  facts.push({ label: t("tickets.account.account"), value: <span className="wrap">{account}</span> });
  return facts;
}
