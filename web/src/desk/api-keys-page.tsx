import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ApiKey, apiKeysQuery } from "../api/api-keys.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { useMay } from "../shell/use-may.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { ApiKeysTable } from "./api-keys-table.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { RevokeKeyDialog } from "./revoke-key-dialog.tsx";

/** Keys of the seller's systems: made, looked at, ended. */
export function ApiKeysPage() {
  const { t } = useTranslation("desk");
  const keys = useQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const mayManage = useMay()("api-keys:manage");
  usePageTitle(t("keys.heading"));
  return (
    <>
      <div className="heading-with-action">
        <h1>{t("keys.heading")}</h1>
        {mayManage && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {t("keys.create")}
          </Button>
        )}
      </div>
      <p className="lead">{t("keys.lead")}</p>
      {keys.isError && <ProblemPanel error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <TableSkeleton />}
      {keys.isSuccess && keys.data.length > 0 && (
        <ApiKeysTable keys={keys.data} onRevoke={mayManage ? setRevoking : null} />
      )}
      {keys.isSuccess && keys.data.length === 0 && (
        <EmptyState title={t("keys.emptyTitle")} text={t("keys.emptyText")} />
      )}
      {creating && <NewKeyDialog onClosed={() => setCreating(false)} />}
      {revoking && <RevokeKeyDialog apiKey={revoking} onClosed={() => setRevoking(null)} />}
    </>
  );
}
