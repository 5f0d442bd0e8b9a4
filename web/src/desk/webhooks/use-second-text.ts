import { secondText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";

/** Times of deliveries, to the second, since attempts follow each other within seconds. */
export function useSecondText(): (at: string) => string {
  const { language } = useLanguage();
  const zone = useHouseZone();
  return (at) => secondText(at, zone, language);
}
