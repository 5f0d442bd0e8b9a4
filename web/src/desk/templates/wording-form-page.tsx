import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clausesQuery } from "../../api/templates.ts";
import { wordingQuery, wordingStatusQuery } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { nameOfChoice } from "./name-of-choice.ts";
import { WordingForm } from "./wording-form.tsx";
import "./templates.css";

/** Writes a seller's next wording, beginning with the open draft, or else with what is in force. */
export function WordingFormPage() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { seller } = useParams({ from: "/desk/templates/wording/$seller/draft" });
  const status = useQuery(wordingStatusQuery(seller));
  const library = useQuery(clausesQuery);
  const choice = status.data?.draft ? "draft" : "in_force";
  const name = status.data ? nameOfChoice(status.data, choice) : "";
  const wording = useQuery({ ...wordingQuery(seller, choice, name), enabled: status.isSuccess });
  const error = status.error ?? library.error ?? wording.error;
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
      {error && <ProblemPanel error={error} />}
      {!error && !(library.data && wording.data) && <TableSkeleton />}
      {library.data && wording.data && (
        // What a colleague saves meanwhile does not take away what is being typed.
        <WordingForm seller={seller} library={library.data} wording={wording.data} />
      )}
    </>
  );
}
