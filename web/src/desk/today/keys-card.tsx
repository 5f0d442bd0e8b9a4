import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SealingOutlook } from "../../api/seal-keys.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { isPressing } from "../seal-keys/alarm-tone.ts";
import { useSealingWords } from "../seal-keys/use-sealing-words.ts";
import { FigureLine } from "./figure-line.tsx";
import { useFirstOf } from "./use-first-of.tsx";
import { WaitingCard } from "./waiting-card.tsx";

/** Sellers that cannot seal, or will not be able to before long. */
export function KeysCard({ sellers }: { sellers: readonly SealingOutlook[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const words = useSealingWords();
  const firstOf = useFirstOf();
  const alarmed = sellers
    .filter(({ alarm }) => alarm !== "none")
    .toSorted((left, right) => (left.daysLeft ?? -1) - (right.daysLeft ?? -1));
  const urgency = alarmed.some(({ alarm }) => isPressing(alarm)) ? "urgent" : "waits";
  return (
    <WaitingCard
      title={t("today.keys.title")}
      urgency={alarmed.length > 0 ? urgency : "calm"}
      lines={
        alarmed.length === 0
          ? [t("today.keys.allWell")]
          : firstOf(alarmed, (outlook) => (
              <FigureLine
                key={outlook.seller}
                figure={t(`sealKeys.alarm.${outlook.alarm}`)}
                note={`${outlook.name?.[language] ?? outlook.seller} · ${words.outlook(outlook)}`}
              />
            ))
      }
    >
      <Link to={PATHS.sealKeys}>{t("today.ways.sealKeys")}</Link>
    </WaitingCard>
  );
}
