import { useTranslation } from "react-i18next";
import type { Today } from "../../api/today.ts";
import { FigureLine } from "./figure-line.tsx";
import { WaitingCard } from "./waiting-card.tsx";

/** How many contracts lapse soon because nobody has paid; which ones stands further down. */
export function HoldsCard({ holds: { count } }: { holds: NonNullable<Today["holds"]> }) {
  const { t } = useTranslation("desk");
  return (
    <WaitingCard
      title={t("today.holds.title")}
      urgency={count > 0 ? "waits" : "calm"}
      lines={
        count === 0
          ? [t("today.holds.none")]
          : [<FigureLine key="count" figure={t("today.holds.count", { count })} note={t("today.holds.lead")} />]
      }
    >
      {count > 0 && <a href="#today-holds">{t("today.ways.details")}</a>}
    </WaitingCard>
  );
}
