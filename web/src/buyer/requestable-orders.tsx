import { Link, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Order, requestableOrdersQuery } from "../api/orders.ts";
import { PATHS } from "../paths.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { PagedList } from "../shell/paged-list.tsx";
import { useMay } from "../shell/use-may.ts";
import { usePageOf } from "../shell/use-page-of.ts";
import { RequestableTable } from "./requestable-table.tsx";
import { SelectionBar } from "./selection-bar.tsx";

const BatchDialog = lazy(async () => ({ default: (await import("./batch-dialog.tsx")).BatchDialog }));
const NOTHING: readonly Order[] = [];

/** Orders that can have a contract and have none yet (R1), requested one by one or several at once (R23). */
export function RequestableOrders() {
  const { t } = useTranslation();
  const orders = usePageOf(requestableOrdersQuery(useSearch({ from: "/buyer/contracts" }).after ?? ""));
  const mayRequest = useMay()("contracts:request");
  const [selected, setSelected] = useState(NOTHING);
  const [asked, setAsked] = useState<readonly Order[] | null>(null);
  const items = orders.data?.items ?? [];
  const closed = (isAnswered: boolean) => {
    setAsked(null);
    // Who only looked goes on with what was selected.
    if (isAnswered) setSelected(NOTHING);
  };
  return (
    <section className="page-part" aria-labelledby="requestable-orders">
      <h2 id="requestable-orders">{t("requestable.heading")}</h2>
      <PagedList list={orders} empty={<NoOrderLeft someContracted={orders.data?.someContracted ?? false} />}>
        {() => (
          <>
            <p className="lead">
              {t("requestable.lead")} <Link to={PATHS.orders}>{t("requestable.toOrders")}</Link>
            </p>
            {mayRequest && (
              <SelectionBar
                orders={items}
                selected={selected}
                onSelect={setSelected}
                onRequest={() => setAsked(selected)}
              />
            )}
            <RequestableTable orders={items} selected={selected} onSelect={mayRequest ? setSelected : null} />
          </>
        )}
      </PagedList>
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
