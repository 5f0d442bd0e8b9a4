import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { HELP_TOPICS } from "../shell/help-topics.ts";
import { Icon } from "../shell/icon.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { useHelpTexts } from "./use-help-texts.ts";

/** What buyers ask about, by topic. */
export function HelpPage() {
  const { t } = useTranslation();
  const texts = useHelpTexts();
  usePageTitle(t("help.heading"));
  return (
    <>
      <h1>{t("help.heading")}</h1>
      <p className="lead">{t("help.lead")}</p>
      <ul className="help-topics">
        {HELP_TOPICS.map((topic) => (
          <li key={topic}>
            <Link className="card help-card" to={PATHS.helpTopic} params={{ topic }}>
              <strong>
                {t(`helpTopic.${topic}`)} <Icon name="arrow" size={15} />
              </strong>
              <span className="soft">{texts[topic].lead}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
