import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import type { HelpTopic } from "./help-topics.ts";
import { Icon } from "./icon.tsx";
import "./help-link.css";

/** From a page to what is said about it. */
export function HelpLink({ topic }: { readonly topic: HelpTopic }) {
  const { t } = useTranslation();
  return (
    <Link className="help-link" to={PATHS.helpTopic} params={{ topic }}>
      <Icon name="help" size={15} /> {t(`helpTopic.${topic}`)}
    </Link>
  );
}
