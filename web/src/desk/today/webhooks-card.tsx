import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Today, TroubledEndpoint } from "../../api/today.ts";
import { PATHS } from "../../paths.ts";
import { FigureLine } from "./figure-line.tsx";
import { useFirstOf } from "./use-first-of.tsx";
import { WaitingCard } from "./waiting-card.tsx";

/** Whether events reach those who subscribed. */
export function WebhooksCard({ webhooks: { count, troubled } }: { webhooks: NonNullable<Today["webhooks"]> }) {
  const { t } = useTranslation("desk");
  const firstOf = useFirstOf();
  const well = count === 0 ? t("today.webhooks.noneSet") : t("today.webhooks.allWell", { count });
  return (
    <WaitingCard
      title={t("today.webhooks.title")}
      urgency={troubled.length > 0 ? "urgent" : "calm"}
      lines={
        troubled.length === 0
          ? [well]
          : [
              <FigureLine key="count" figure={t("today.webhooks.troubled", { count: troubled.length })} />,
              ...firstOf(troubled, (endpoint) => <EndpointLine key={endpoint.endpoint} endpoint={endpoint} />),
            ]
      }
    >
      <Link to={PATHS.webhooks}>{t("today.ways.webhooks")}</Link>
    </WaitingCard>
  );
}

function EndpointLine({
  endpoint: { endpoint, url, description, isDisabled, dead, pending },
}: {
  endpoint: TroubledEndpoint;
}) {
  const { t } = useTranslation("desk");
  const troubles = [
    ...(isDisabled ? [t("today.webhooks.disabled")] : []),
    ...(dead > 0 ? [t("today.webhooks.dead", { count: dead })] : []),
    ...(pending > 0 ? [t("today.webhooks.pending", { count: pending })] : []),
  ];
  return (
    <span className="small">
      <Link className="wrap" to={PATHS.webhook} params={{ endpoint }}>
        {description === "" ? new URL(url).host : description}
      </Link>
      <span className="soft"> · {troubles.join(" · ")}</span>
    </span>
  );
}
