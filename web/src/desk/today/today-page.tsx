import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Today, todayQuery } from "../../api/today.ts";
import { secondText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { AreaCards } from "../area-cards.tsx";
import { WhoIAm } from "../who-i-am.tsx";
import { EndingHolds } from "./ending-holds.tsx";
import { RefusalsPanel } from "./refusals-panel.tsx";
import { UnsealedContracts } from "./unsealed-contracts.tsx";
import { WaitingCards } from "./waiting-cards.tsx";
import "./today.css";

/** What waits for the desk, first what should be done first; what I may not see is left out. */
export function TodayPage() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const today = useQuery(todayQuery(language));
  usePageTitle(t("home.heading"));
  return (
    <>
      <h1>{t("home.heading")}</h1>
      <p className="lead">{t("today.lead")}</p>
      {today.isError && <ProblemPanel error={today.error} onRetry={() => void today.refetch()} />}
      {today.isPending && <TableSkeleton />}
      {today.data && <TodayParts today={today.data} />}
      <AreaCards />
      <WhoIAm />
    </>
  );
}

function TodayParts({ today }: { today: Today }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { at, timeZone, holds, sealing, refusals } = today;
  const moment = secondText(at, timeZone, language);
  return (
    <div className="today">
      <WaitingCards today={today} />
      {sealing && sealing.stuck.count > 0 && <UnsealedContracts which="stuck" part={sealing.stuck} />}
      {sealing && sealing.waitingForTimestamp.count > 0 && (
        <UnsealedContracts which="timestamp" part={sealing.waitingForTimestamp} />
      )}
      {holds && holds.count > 0 && <EndingHolds holds={holds} />}
      {refusals && <RefusalsPanel refusals={refusals} timeZone={timeZone} />}
      <p className="soft small">{t("today.updated", { moment, zone: zoneText(timeZone, at, language) })}</p>
    </div>
  );
}
