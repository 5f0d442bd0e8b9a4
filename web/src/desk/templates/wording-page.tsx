import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { wordingStatusQuery } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { DraftCard } from "./draft-card.tsx";
import { VersionsList } from "./versions-list.tsx";
import { WordingChanges } from "./wording-changes.tsx";
import "./templates.css";

/** What a seller says in its contracts, what is proposed, and what it said before. */
export function WordingPage() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { seller } = useParams({ from: "/desk/templates/wording/$seller" });
  const { data: status, error, isPending, refetch } = useQuery(wordingStatusQuery(seller));
  const [done, setDone] = useState("");
  const heading = status
    ? t("templates.page.heading", { seller: status.legalName[language] })
    : t("templates.sellers.heading");
  usePageTitle(heading);
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.templates}>{t("templates.page.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <p className="lead">{t("templates.page.lead")}</p>
      <p className={done === "" ? "unseen" : "done-line"} role="status">
        {done}
      </p>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {status && (
        <>
          <DraftCard status={status} onDone={setDone} />
          <section className="card wording-card" aria-labelledby="wording-in-force">
            <h2 id="wording-in-force">{t("templates.page.inForce")}</h2>
            {status.version === 0 ? (
              <p className="soft">{t("templates.page.sameAsLibrary")}</p>
            ) : (
              <>
                <p className="soft">{t("templates.sellers.version", { version: status.version })}</p>
                <WordingChanges status={status} from="0" to="in_force" />
              </>
            )}
          </section>
          <h2 className="desk-subheading">{t("templates.page.versions")}</h2>
          <VersionsList status={status} />
        </>
      )}
    </>
  );
}
