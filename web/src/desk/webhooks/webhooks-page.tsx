import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endpointsQuery } from "../../api/webhooks.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { EndpointsTable } from "./endpoints-table.tsx";
import { NewEndpointDialog } from "./new-endpoint-dialog.tsx";
import "./webhooks.css";

/** Where events are sent, and whether they arrive. */
export function WebhooksPage() {
  const { t } = useTranslation("desk");
  const endpoints = useQuery(endpointsQuery);
  const [creating, setCreating] = useState(false);
  const mayManage = useMay()("webhooks:manage");
  usePageTitle(t("webhooks.heading"));
  return (
    <>
      <div className="heading-with-action">
        <h1>{t("webhooks.heading")}</h1>
        {mayManage && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t("webhooks.create")}
          </Button>
        )}
      </div>
      <p className="lead">{t("webhooks.lead")}</p>
      {endpoints.isError && <ProblemPanel error={endpoints.error} onRetry={() => void endpoints.refetch()} />}
      {endpoints.isPending && <TableSkeleton />}
      {endpoints.isSuccess && endpoints.data.length > 0 && <EndpointsTable endpoints={endpoints.data} />}
      {endpoints.isSuccess && endpoints.data.length === 0 && (
        <EmptyState
          title={t("webhooks.emptyTitle")}
          text={t(mayManage ? "webhooks.emptyText" : "webhooks.emptyReadOnly")}
        />
      )}
      {creating && <NewEndpointDialog onClosed={() => setCreating(false)} />}
    </>
  );
}
