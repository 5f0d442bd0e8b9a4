import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/use-language.ts";

/** How many contracts are left to a seller, or that nobody counts. */
export function useQuotaText(): (quotaLeft: number | null) => string {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  return (quotaLeft) =>
    quotaLeft === null ? t("catalogue.sellers.noQuota") : new Intl.NumberFormat(language).format(quotaLeft);
}
