import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./empty-state.tsx";
import type { PageParam } from "./page-search.ts";
import { Pager } from "./pager.tsx";
import { ProblemPanel } from "./problem-panel.tsx";
import { TableSkeleton } from "./table-skeleton.tsx";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

interface PagedListProps<Item> {
  readonly list: UseQueryResult<Page<Item>>;
  readonly param?: PageParam;
  /** Why there is nothing, and what to do about it. */
  readonly empty: ReactNode;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** One page of a list: what went wrong, that it is on its way, that there is nothing, or what there is; and the other pages. */
export function PagedList<Item>({ list, param = "after", empty, children }: PagedListProps<Item>) {
  return (
    <>
      {list.isError && <ProblemPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <TableSkeleton />}
      {list.isSuccess && (
        <div className="paged-list" aria-busy={list.isPlaceholderData}>
          {list.data.items.length > 0 && children(list.data.items)}
          {list.data.items.length === 0 && (list.data.next === null ? empty : <NoneSoFar />)}
          <Pager param={param} next={list.data.next} />
        </div>
      )}
    </>
  );
}

/** Among very many, a page looks through a bounded number; the pager below leads on. */
function NoneSoFar() {
  const { t } = useTranslation();
  return <EmptyState icon="search" title={t("pager.noneSoFarTitle")} text={t("pager.noneSoFarText")} />;
}
