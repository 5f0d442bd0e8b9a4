import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "../../api/webhooks.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { EndpointStateTag } from "./endpoint-state-tag.tsx";
import { useSecondText } from "./use-second-text.ts";
import { WaitingEvents } from "./waiting-events.tsx";

const COLUMNS = ["endpoint", "events", "state", "last", "queue"] as const;

export function EndpointsTable({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  return (
    <>
      <ColumnTable
        className="labelled endpoints-table"
        caption={t("webhooks.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`webhooks.column.${column}`) }))}
      >
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.endpoint} endpoint={endpoint} />
        ))}
      </ColumnTable>
      <TimesNote zone={zone} />
    </>
  );
}

function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation("desk");
  const secondText = useSecondText();
  const { endpoint: id, url, description, events, account, lastDeliveredAt } = endpoint;
  return (
    <tr>
      <th scope="row" className="column-endpoint">
        <Link to={PATHS.webhook} params={{ endpoint: id }} className="wrap">
          {url}
        </Link>
        {description !== "" && <span className="soft small wrap">{description}</span>}
      </th>
      <td data-label={t("webhooks.column.events")}>
        <div>
          <span>{events.length === 0 ? t("webhooks.allEvents") : t("webhooks.events", { count: events.length })}</span>
          {account !== null && <span className="soft small wrap">{t("webhooks.ofAccount", { account })}</span>}
        </div>
      </td>
      <td data-label={t("webhooks.column.state")}>
        <EndpointStateTag endpoint={endpoint} />
      </td>
      <td data-label={t("webhooks.column.last")}>
        {lastDeliveredAt === null ? (
          <span className="soft">{t("webhooks.never")}</span>
        ) : (
          <time dateTime={lastDeliveredAt}>{secondText(lastDeliveredAt)}</time>
        )}
      </td>
      <td data-label={t("webhooks.column.queue")}>
        <WaitingEvents endpoint={endpoint} />
      </td>
    </tr>
  );
}
