import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { problemPageQuery } from "../api/problem-page.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { HelpLink } from "../shell/help-link.tsx";
import { topicOfRefusal } from "../shell/help-topics.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";

/** What a refusal, or any other problem, means and what to do about it: where the address leads that every problem names. */
export function ProblemPage() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { code } = useParams({ from: "/about/problems/$code" });
  const { data, error } = useQuery(problemPageQuery(code));
  const topic = topicOfRefusal(code);
  const page = data?.[language];
  usePageTitle(page?.title ?? code);
  return (
    <>
      <p className="small">
        <Link to={PATHS.help}>{t("help.back")}</Link>
      </p>
      {error && <ProblemPanel error={error} />}
      {page && (
        <article>
          <h1>{page.title}</h1>
          <p className="lead code">{code}</p>
          <div className="card help-questions">
            {page.sections.map(({ heading, paragraphs }) => (
              <section key={heading ?? code}>
                {heading !== null && <h2>{heading}</h2>}
                {paragraphs.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </section>
            ))}
          </div>
          {topic && (
            <p className="help-related">
              {t("help.related")} <HelpLink topic={topic} />
            </p>
          )}
        </article>
      )}
    </>
  );
}
