import { useTranslation } from "react-i18next";
import type { SealingOutlook } from "../../api/seal-keys.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";

/** How long a seller can go on sealing, in a sentence. */
export function useSealingWords() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const outlook = ({ canSealUntil, daysLeft }: SealingOutlook): string => {
    if (canSealUntil === null || daysLeft === null) return t("sealKeys.cannotSeal");
    return t("sealKeys.canSeal", { until: momentText(canSealUntil, zone, language), count: daysLeft });
  };
  return { outlook };
}
