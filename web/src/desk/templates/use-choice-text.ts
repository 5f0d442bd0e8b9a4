import { useTranslation } from "react-i18next";
import type { WordingChoice, WordingStatus } from "../../api/wordings.ts";

/** What a choice of a seller's wordings is called. */
export function useChoiceText({ version }: WordingStatus): (choice: WordingChoice) => string {
  const { t } = useTranslation("desk");
  return (choice) => {
    switch (choice) {
      case "in_force":
        return version === 0 ? t("templates.choice.in_force_library") : t("templates.choice.in_force", { version });
      case "draft":
        return t("templates.choice.draft");
      case "0":
        return t("templates.choice.library");
      default:
        return t("templates.choice.version", { version: choice });
    }
  };
}
