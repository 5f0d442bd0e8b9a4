import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../../shell/problem-panel.tsx";

interface LoadedEntryProps<Entry, Key extends readonly unknown[]> {
  readonly query: UseQueryOptions<Entry, Error, Entry, Key>;
  readonly children: (entry: Entry) => ReactNode;
}

/** An entry as the server has it now, since whoever changes it must not write back what others have changed. */
export function LoadedEntry<Entry, Key extends readonly unknown[]>({ query, children }: LoadedEntryProps<Entry, Key>) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...query,
    ...{ staleTime: 0, refetchOnWindowFocus: false },
  });
  if (error) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  // What was kept from before may be old, and a form would begin with it.
  if (data !== undefined && isFetchedAfterMount) return <AsOpened entry={data}>{children}</AsOpened>;
  return (
    <div role="status" aria-label={t("common.loading")}>
      <Skeleton active paragraph={{ rows: 8 }} />
    </div>
  );
}

/** As it was when it was opened, also when it is read again: a form is held against what it began with. */
function AsOpened<Entry>({ entry, children }: { entry: Entry; children: (entry: Entry) => ReactNode }) {
  const [opened] = useState(entry);
  return children(opened);
}
