import { useTranslation } from "react-i18next";
import type { Account } from "../api/account-lookup.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";
import { Tag } from "../shell/standing-tag.tsx";
import { AccountLink } from "./account-link.tsx";
import { VALUE_WORDS } from "./audit-words.ts";
import { wordFor } from "./words.ts";

interface AccountCardProps {
  readonly account: Account;
  /** Whether its own page is one step away, or here. */
  readonly linked?: boolean;
}

/** Who the buyer is: the verified identity that contracts name (R6), and the partner that serves it (R19). */
export function AccountCard({ account, linked = false }: AccountCardProps) {
  const { t } = useTranslation("desk");
  return (
    <section className="card" aria-labelledby="account-card">
      <h2 id="account-card">{t("accountCard.heading")}</h2>
      <FactList facts={useAccountFacts(account, linked)} />
    </section>
  );
}

function useAccountFacts({ account, identity, servedBy }: Account, linked: boolean): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const facts: Fact[] = [
    { label: t("accountCard.account"), value: linked ? <AccountLink account={account} /> : account },
    { label: t("accountCard.identity"), value: <IdentityTag identity={identity} /> },
  ];
  if (identity.state === "verified") {
    const { legalName, legalNameEn, kind, registrationNumber, address } = identity;
    facts.push({
      ...{ label: t("accountCard.legalName"), value: legalName },
      ...(legalNameEn !== null && { note: legalNameEn }),
    });
    facts.push({ label: t("accountCard.kind"), value: t(`accountCard.${kind}`) });
    if (registrationNumber !== null) {
      facts.push({
        label: t(`accountCard.registration.${kind}`),
        value: <span className="code wrap">{registrationNumber}</span>,
      });
    }
    if (address !== null) facts.push({ label: t("accountCard.address"), value: address });
  }
  if (servedBy === null) facts.push({ label: t("accountCard.servedBy"), value: t("accountCard.direct") });
  else {
    const { name, kind, contact } = servedBy;
    const note = `${wordFor(VALUE_WORDS, kind, language)} · ${contact}`;
    facts.push({ label: t("accountCard.servedBy"), value: name, note });
  }
  return facts;
}

export function IdentityTag({ identity: { state } }: { identity: Account["identity"] }) {
  const { t } = useTranslation("desk");
  return <Tag tone={state === "verified" ? "good" : "wait"}>{t(`accountCard.state.${state}`)}</Tag>;
}
