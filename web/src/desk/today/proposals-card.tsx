import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Today } from "../../api/today.ts";
import { durationText } from "../../format/duration.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { FigureLine } from "./figure-line.tsx";
import { WaitingCard } from "./waiting-card.tsx";

interface ProposalsCardProps {
  readonly proposals: NonNullable<Today["proposals"]>;
  readonly at: string;
}

/** What somebody has proposed and another must decide: me, or a colleague. */
export function ProposalsCard({ proposals: { open, forReader, since }, at }: ProposalsCardProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const time = durationText(since ?? at, at, language);
  const whose =
    forReader > 0 ? t("today.proposals.forReader", { count: forReader }) : t("today.proposals.notForReader");
  return (
    <WaitingCard
      title={t("today.proposals.title")}
      urgency={open > 0 ? "waits" : "calm"}
      lines={
        open === 0
          ? [t("today.proposals.none")]
          : [
              <FigureLine
                key="open"
                figure={t("today.proposals.open", { count: open })}
                note={`${whose} · ${t("today.proposals.longest", { time })}`}
              />,
            ]
      }
    >
      <Link to={PATHS.approvals}>{t("today.ways.proposals")}</Link>
    </WaitingCard>
  );
}
