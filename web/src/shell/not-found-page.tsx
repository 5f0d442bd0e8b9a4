import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { EmptyState } from "./empty-state.tsx";
import { Frame } from "./frame.tsx";
import { usePageTitle } from "./use-page-title.ts";

export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t("title.notFound"));
  return (
    <Frame>
      <h1 className="unseen">{t("notFound.title")}</h1>
      <EmptyState
        icon="question"
        title={t("notFound.title")}
        text={t("notFound.text")}
        action={<Link to={PATHS.home}>{t("notFound.action")}</Link>}
      />
    </Frame>
  );
}
