import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountQuery } from "../api/account-lookup.ts";
import { sessionQuery } from "../api/session.ts";
import { HelpLink } from "../shell/help-link.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { CompanyIdentity } from "./company-identity.tsx";
import { CompanyPartner } from "./company-partner.tsx";
import { CompanyProfiles } from "./company-profiles.tsx";
import "./company-page.css";

/** What contracts call the buyer, and what the buyer has kept to fill into requests (R6). */
export function CompanyPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  usePageTitle(t("company.heading"));
  return (
    <>
      <h1>{t("company.heading")}</h1>
      <p className="lead">
        {t("company.lead")} <HelpLink topic="identity" />
      </p>
      {session?.account && <CompanyOf account={session.account.id} />}
    </>
  );
}

function CompanyOf({ account }: { account: string }) {
  const { data, error, refetch } = useQuery({ ...accountQuery(account), refetchOnMount: "always" });
  return (
    <div className="company">
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TableSkeleton />}
      {data && <CompanyIdentity company={data} />}
      {data?.servedBy && <CompanyPartner partner={data.servedBy} />}
      <CompanyProfiles account={account} />
    </div>
  );
}
