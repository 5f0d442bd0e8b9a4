import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { type HelpTopic, isHelpTopic } from "../shell/help-topics.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { useHelpTexts } from "./use-help-texts.ts";

/** The questions of one topic, with their answers. */
export function HelpTopicPage() {
  const { t } = useTranslation();
  const { topic } = useParams({ from: "/about/help/$topic" });
  return (
    <>
      <p className="small">
        <Link to={PATHS.help}>{t("help.back")}</Link>
      </p>
      {isHelpTopic(topic) ? (
        <Topic topic={topic} />
      ) : (
        <EmptyState icon="question" title={t("help.noTopicTitle")} text={t("help.noTopicText")} />
      )}
    </>
  );
}

function Topic({ topic }: { topic: HelpTopic }) {
  const { t } = useTranslation();
  const { lead, questions } = useHelpTexts()[topic];
  usePageTitle(t(`helpTopic.${topic}`));
  return (
    <article>
      <h1>{t(`helpTopic.${topic}`)}</h1>
      <p className="lead">{lead}</p>
      <div className="card help-questions">
        {questions.map(({ question, answer }) => (
          <section key={question}>
            <h2>{question}</h2>
            {answer.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </div>
    </article>
  );
}
