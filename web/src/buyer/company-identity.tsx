import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ShownAccount } from "../api/account-lookup.ts";
import { sessionQuery } from "../api/session.ts";
import { wayBackTo } from "../api/way-back.ts";
import { FactList } from "../shell/fact-list.tsx";
import { Icon } from "../shell/icon.tsx";

/** The verified identity, which is where the name on contracts comes from, and why it cannot be edited here (R6). */
export function CompanyIdentity({ company: { account, identity } }: { company: ShownAccount }) {
  const { t } = useTranslation();
  const isVerified = identity.state === "verified";
  return (
    <section className="card" aria-labelledby="company-identity">
      <div className="card-heading">
        <h2 id="company-identity">{t("company.identity.heading")}</h2>
        <span className={`tag ${isVerified ? "tag-good" : "tag-wait"}`}>
          {t(isVerified ? "company.identity.verified" : "company.identity.unverified")}
        </span>
      </div>
      {isVerified ? (
        <VerifiedIdentity account={account} identity={identity} />
      ) : (
        <>
          <div className="notice-panel company-unverified">
            <Icon name="warning" size={22} />
            <div>
              <h3>{t("company.identity.unverifiedTitle")}</h3>
              <p>{t("company.identity.unverifiedText")}</p>
              <WayToSeller />
            </div>
          </div>
          <FactList facts={[{ label: t("company.identity.account"), value: account }]} />
        </>
      )}
    </section>
  );
}

type Verified = Extract<ShownAccount["identity"], { state: "verified" }>;

function VerifiedIdentity({ account, identity }: { account: string; identity: Verified }) {
  const { t } = useTranslation();
  const { kind, legalName, legalNameEn, registrationNumber, address } = identity;
  const isEnterprise = kind === "enterprise";
  const absent = <span className="soft">{t("company.identity.notOnRecord")}</span>;
  return (
    <>
      <FactList
        facts={[
          {
            label: t(isEnterprise ? "company.identity.enterpriseName" : "company.identity.individualName"),
            value: <strong className="company-name">{legalName}</strong>,
          },
          {
            label: t("company.identity.nameEn"),
            value: legalNameEn ?? <span className="soft">{t("company.identity.noNameEn")}</span>,
          },
          {
            label: t("company.identity.kind"),
            value: t(`company.identity.${kind}`),
            ...(!isEnterprise && { note: t("company.identity.individualNote") }),
          },
          {
            label: t(isEnterprise ? "company.identity.registration" : "company.identity.idNumber"),
            value: registrationNumber ?? absent,
          },
          { label: t("company.identity.address"), value: address ?? absent },
          { label: t("company.identity.account"), value: account },
        ]}
      />
      <div className="soft company-why">
        <p>
          {t("company.identity.why")} <WayToSeller />
        </p>
      </div>
    </>
  );
}

/** The seller's own pages, where identities are verified, for whoever came from there. */
function WayToSeller() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const wayBack = wayBackTo(session?.returnUrl ?? null);
  if (!wayBack) return null;
  return (
    <a className="next-step" href={wayBack.url}>
      {t("company.identity.goThere", { host: wayBack.host })} <Icon name="arrow" size={13} />
    </a>
  );
}
