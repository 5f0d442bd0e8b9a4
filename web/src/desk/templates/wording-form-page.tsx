import { useQueries, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clausesQuery } from "../../api/templates.ts";
import { type WordingStatus, wordingQuery, wordingStatusQuery } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { rebaseWording } from "./rebase-wording.ts";
import { WordingForm } from "./wording-form.tsx";
import "./templates.css";

/** Writes a seller's next wording, beginning with the open draft, or else with what is in force. */
export function WordingFormPage() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { seller } = useParams({ from: "/desk/templates/wording/$seller/draft" });
  // What a colleague does meanwhile does not take away what is being typed; it is told when it is saved.
  const status = useQuery({
    ...wordingStatusQuery(seller),
    ...{ staleTime: 0, refetchInterval: false, refetchOnWindowFocus: false },
  });
  const legalName = status.data?.legalName[language] ?? seller;
  const heading = t("templates.form.heading", { seller: legalName });
  usePageTitle(heading);
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.wording} params={{ seller }}>
          {t("templates.form.back", { seller: legalName })}
        </Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <p className="lead">{t("templates.form.lead")}</p>
      {status.error && <ProblemPanel error={status.error} onRetry={() => void status.refetch()} />}
      {!status.error && !(status.data && status.isFetchedAfterMount) && <TableSkeleton />}
      {status.data && status.isFetchedAfterMount && <Editor key={seller} status={status.data} />}
    </>
  );
}

function Editor({ status }: { status: WordingStatus }) {
  const { t } = useTranslation("desk");
  // As they were when the page was opened.
  const [{ seller, version, draft }] = useState(status);
  const library = useQuery(clausesQuery);
  const basedOn = draft?.basedOn ?? version;
  const [current, base, written] = useQueries({
    queries: [
      wordingQuery(seller, `${version}`, String(version)),
      wordingQuery(seller, `${basedOn}`, String(basedOn)),
      { ...wordingQuery(seller, "draft", draft?.draft ?? ""), enabled: draft !== null },
    ],
  });
  const error = library.error ?? current.error ?? base.error ?? written.error;
  if (error) return <ProblemPanel error={error} />;
  if (!library.data || !current.data || !base.data || (draft && !written.data)) return <TableSkeleton />;
  const wording = written.data ? rebaseWording(base.data, written.data, current.data) : current.data;
  return (
    <>
      {draft && (
        <p className="notice-line">
          <Icon name="warning" size={18} />
          <span>
            {t("policy.replacesDraft", { person: draft.draftedBy })}
            {basedOn !== version && ` ${t("templates.form.rebased", { version })}`}
          </span>
        </p>
      )}
      <WordingForm seller={seller} library={library.data} wording={wording} />
    </>
  );
}
