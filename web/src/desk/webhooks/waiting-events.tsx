import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "../../api/webhooks.ts";

/** How many events wait for an endpoint, and how many were given up. */
export function WaitingEvents({ endpoint: { pending, dead } }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation("desk");
  if (pending + dead === 0) return <span className="soft">{t("webhooks.nothingWaits")}</span>;
  return (
    <div>
      {pending > 0 && <span>{t("webhooks.pending", { count: pending })}</span>}
      {dead > 0 && <span className="given-up">{t("webhooks.dead", { count: dead })}</span>}
    </div>
  );
}
