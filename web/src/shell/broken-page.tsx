import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./empty-state.tsx";

/** Shown when rendering itself failed: a bug, so there is nothing to explain beyond the way out. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <main className="main">
      <EmptyState
        icon="warning"
        title={t("error.brokenPageTitle")}
        text={t("error.brokenPageText")}
        action={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t("error.reload")}
          </Button>
        }
      />
    </main>
  );
}
