import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/use-language.ts";
import { checklistPdfUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";

/** Opens the business checklist of an unpaid order in a tab of its own, in the language on screen (R15). */
export function ChecklistLink({ order, text }: { order: string; text: string }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <a
      className="next-step"
      href={checklistPdfUrl(order, language)}
      target="_blank"
      rel="noopener"
      aria-label={t("unpaid.checklistFor", { order, text })}
    >
      {text} <Icon name="open" size={13} />
    </a>
  );
}
