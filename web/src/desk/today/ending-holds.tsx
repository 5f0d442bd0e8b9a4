import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EndingHold, Today } from "../../api/today.ts";
import { PATHS } from "../../paths.ts";
import { EndTime } from "../../shell/end-time.tsx";

/** The next contracts to lapse, with whom to remind. */
export function EndingHolds({ holds: { count, first } }: { holds: NonNullable<Today["holds"]> }) {
  const { t } = useTranslation("desk");
  return (
    <section aria-labelledby="today-holds">
      <h2 id="today-holds">{t("today.holds.title")}</h2>
      <div className="table-card">
        <table className="table stacking labelled today-table">
          <caption className="unseen">{t("today.holds.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("today.holds.column.order")}</th>
              <th scope="col">{t("today.holds.column.buyer")}</th>
              <th scope="col">{t("today.holds.column.contract")}</th>
              <th scope="col">{t("today.holds.column.until")}</th>
            </tr>
          </thead>
          <tbody>
            {first.map((hold) => (
              <HoldRow key={hold.contract} hold={hold} />
            ))}
          </tbody>
        </table>
      </div>
      {count > first.length && <p className="soft small">{t("today.holds.shown", { shown: first.length, count })}</p>}
    </section>
  );
}

function HoldRow({ hold: { order, account, buyer, contract, until, timeZone } }: { hold: EndingHold }) {
  const { t } = useTranslation("desk");
  return (
    <tr>
      <th scope="row">
        <Link className="order-number" to={PATHS.deskOrder} params={{ order }}>
          {order}
        </Link>
      </th>
      <td data-label={t("today.holds.column.buyer")}>
        <div>
          <span className="wrap">{buyer ?? t("today.holds.unverified")}</span>
          <span className="soft small wrap">{account}</span>
        </div>
      </td>
      <td data-label={t("today.holds.column.contract")}>
        <Link className="order-number" to={PATHS.deskContract} params={{ number: contract }}>
          {contract}
        </Link>
      </td>
      <td data-label={t("today.holds.column.until")}>
        <div>
          <EndTime at={until} zone={timeZone} />
        </div>
      </td>
    </tr>
  );
}
