import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Order, requestableOrdersQuery } from "../api/orders.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { LoadMore } from "../shell/load-more.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { useMay } from "../shell/use-may.ts";
import { RequestableTable } from "./requestable-table.tsx";
import { SelectionBar } from "./selection-bar.tsx";

const BatchDialog = lazy(async () => ({ default: (await import("./batch-dialog.tsx")).BatchDialog }));
const NOTHING: ReadonlySet<string> = new Set();

/** Orders that can have a contract and have none yet (R1), requested one by one or several at once (R23). */
export function RequestableOrders() {
  const { t } = useTranslation();
  const orders = useInfiniteQuery(requestableOrdersQuery());
  const mayRequest = useMay()("contracts:request");
  const [selection, setSelection] = useState(NOTHING);
  const [asked, setAsked] = useState<readonly Order[] | null>(null);
  const items = orders.data?.pages.flatMap((page) => page.items) ?? [];
  const selected = items.filter(({ order }) => selection.has(order));
  const closed = () => {
    setAsked(null);
    setSelection(NOTHING);
  };
  return (
    <section className="page-part" aria-labelledby="requestable-orders">
      <h2 id="requestable-orders">{t("requestable.heading")}</h2>
      {orders.isError && <ProblemPanel error={orders.error} onRetry={() => void orders.refetch()} />}
      {orders.isPending && <TableSkeleton />}
      {orders.isSuccess && items.length === 0 && (
        <NoOrderLeft someContracted={orders.data.pages.some(({ someContracted }) => someContracted)} />
      )}
      {items.length > 0 && (
        <>
          <p className="lead">
            {t("requestable.lead")} <Link to={PATHS.orders}>{t("requestable.toOrders")}</Link>
          </p>
          {mayRequest && (
            <SelectionBar
              orders={items}
              selected={selected}
              onSelect={setSelection}
              onRequest={() => setAsked(selected)}
            />
          )}
          <RequestableTable orders={items} selected={selected} onSelect={mayRequest ? setSelection : null} />
        </>
      )}
      <LoadMore list={orders} />
      <Suspense fallback={null}>{asked && <BatchDialog orders={asked} onClosed={closed} />}</Suspense>
    </section>
  );
}

/** Why there is nothing to request here, and where the other orders are. */
function NoOrderLeft({ someContracted }: { someContracted: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={someContracted ? "check" : "file"}
      title={t(someContracted ? "requestable.allContractedTitle" : "requestable.noneTitle")}
      text={t("requestable.emptyText")}
      action={<Link to={PATHS.orders}>{t("requestable.toOrders")}</Link>}
    />
  );
}
