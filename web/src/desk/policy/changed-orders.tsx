import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PolicyChanges, policyChangesQuery } from "../../api/policy.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { DecisionText } from "./decision-text.tsx";
import { FromTo } from "./from-to.tsx";

const SHOWN_FIRST = 10;

/** Which existing orders a draft would decide differently from the rules in force, and how. */
export function ChangedOrders({ draft, version }: { draft: string; version: number }) {
  const { t } = useTranslation("desk");
  const changes = useQuery(policyChangesQuery(draft, version));
  return (
    <section className="changed-orders" aria-labelledby="changed-orders">
      <h3 id="changed-orders">{t("policy.orders.heading")}</h3>
      {changes.isPending && (
        <>
          <p className="soft">{t("policy.orders.comparing")}</p>
          <TableSkeleton />
        </>
      )}
      {changes.isError && <ProblemPanel error={changes.error} onRetry={() => void changes.refetch()} />}
      {changes.isSuccess && <ChangesTable changes={changes.data} />}
    </section>
  );
}

function ChangesTable({ changes: { count, compared, orders } }: { changes: PolicyChanges }) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const [all, setAll] = useState(false);
  const most = compared.isWhole ? null : (
    <p className="soft">{t("policy.orders.notWhole", { count: compared.orders })}</p>
  );
  if (count === 0) return most ?? <p className="soft">{t("policy.orders.none")}</p>;
  const shown = all ? orders : orders.slice(0, SHOWN_FIRST);
  return (
    <>
      <p>
        <strong>{t("policy.orders.count", { count })}</strong>{" "}
        {count > orders.length && <span className="soft">{t("policy.orders.newest", { count: orders.length })}</span>}
      </p>
      {most}
      <div className="table-card">
        <table className="table stacking labelled">
          <caption className="unseen">{t("policy.orders.heading")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("policy.orders.order")}</th>
              <th scope="col">{t("policy.orders.decision")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ order, account, before, after }) => (
              <tr key={order}>
                <th scope="row">
                  <Link className="order-number wrap" to={PATHS.deskOrder} params={{ order }}>
                    {order}
                  </Link>
                  <span className="soft small wrap">{t("policy.orders.account", { account })}</span>
                </th>
                <td>
                  <FromTo from={<DecisionText decision={before} />} to={<DecisionText decision={after} />} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < orders.length && (
        <Button onClick={() => setAll(true)}>{t("policy.orders.showAll", { count: orders.length })}</Button>
      )}
      <TimesNote zone={zone} />
    </>
  );
}
