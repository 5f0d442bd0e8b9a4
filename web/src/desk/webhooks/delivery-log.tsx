import { useNavigate, useSearch } from "@tanstack/react-router";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { DELIVERY_STATES, deliveriesQuery, type WebhookEndpoint } from "../../api/webhooks.ts";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageOf } from "../../shell/use-page-of.ts";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { useReplayOne } from "./use-replay-one.ts";

interface DeliveryLogProps {
  readonly endpoint: WebhookEndpoint;
  readonly onDone: (said: string) => void;
}

/** What became of each event, newest first; what is asked for lives in the address. */
export function DeliveryLog({ endpoint: { endpoint, restsUntil }, onDone }: DeliveryLogProps) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.webhook });
  const { state = "all", after = "" } = useSearch({ from: "/desk/webhooks/$endpoint" });
  const deliveries = usePageOf(deliveriesQuery(endpoint, state, after));
  const mayManage = useMay()("webhooks:manage");
  const replaying = useReplayOne(endpoint, () => onDone(t("webhooks.replay.done", { count: 1 })));
  return (
    <section aria-labelledby="delivery-log">
      <h2 id="delivery-log" className="desk-subheading">
        {t("webhooks.deliveries.heading")}
      </h2>
      <div className="filters">
        <Segmented
          aria-label={t("webhooks.deliveries.views")}
          options={(["all", ...DELIVERY_STATES] as const).map((value) => ({
            value,
            label: t(`webhooks.deliveries.state.${value}`),
          }))}
          value={state}
          onChange={(chosen) => {
            const known = DELIVERY_STATES.find((each) => each === chosen);
            void navigate({ search: known ? { state: known } : {} });
          }}
        />
      </div>
      {replaying.error && <ProblemPanel error={replaying.error} />}
      <PagedList
        list={deliveries}
        empty={
          <EmptyState
            icon={state === "all" ? "clock" : "check"}
            title={t(`webhooks.deliveries.empty.${state}.title`)}
            text={t(`webhooks.deliveries.empty.${state}.text`)}
          />
        }
      >
        {(items) => (
          <DeliveriesTable
            endpoint={endpoint}
            deliveries={items}
            restsUntil={restsUntil}
            onReplay={mayManage ? (sequence) => replaying.mutate(sequence) : null}
          />
        )}
      </PagedList>
    </section>
  );
}
