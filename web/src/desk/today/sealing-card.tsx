import { useTranslation } from "react-i18next";
import type { Today } from "../../api/today.ts";
import { durationText } from "../../format/duration.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FigureLine } from "./figure-line.tsx";
import { WaitingCard } from "./waiting-card.tsx";

interface SealingCardProps {
  readonly sealing: NonNullable<Today["sealing"]>;
  readonly at: string;
}

/** Whether contracts are sealed as they should be: at once. */
export function SealingCard({ sealing: { stuck, waitingForTimestamp: waiting }, at }: SealingCardProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const longest = (since: string | undefined) =>
    since !== undefined && t("today.sealing.longest", { time: durationText(since, at, language) });
  const lines = [
    stuck.count > 0 && (
      <FigureLine
        key="stuck"
        figure={t("today.sealing.stuck", { count: stuck.count })}
        note={longest(stuck.first[0]?.since)}
      />
    ),
    waiting.count > 0 && (
      <FigureLine
        key="waiting"
        figure={t("today.sealing.timestamp", { count: waiting.count })}
        note={longest(waiting.first[0]?.since)}
      />
    ),
  ].filter((line) => line !== false);
  return (
    <WaitingCard
      title={t("today.sealing.title")}
      urgency={lines.length > 0 ? "urgent" : "calm"}
      lines={lines.length > 0 ? lines : [t("today.sealing.none")]}
    >
      {lines.length > 0 && (
        <a href={stuck.count > 0 ? "#today-stuck" : "#today-timestamp"}>{t("today.ways.details")}</a>
      )}
    </WaitingCard>
  );
}
