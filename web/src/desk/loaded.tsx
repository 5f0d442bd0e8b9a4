import type { UseQueryResult } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../shell/problem-panel.tsx";

interface LoadedProps<Data> {
  readonly of: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** One thing: that it is on its way, what went wrong, or what it is. */
export function Loaded<Data>({ of, children }: LoadedProps<Data>) {
  const { t } = useTranslation();
  return (
    <>
      {of.error && <ProblemPanel error={of.error} onRetry={() => void of.refetch()} />}
      {of.isPending && (
        <div className="card" role="status" aria-label={t("common.loading")}>
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      )}
      {of.data !== undefined && children(of.data)}
    </>
  );
}
