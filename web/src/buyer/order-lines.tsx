import { useTranslation } from "react-i18next";
import type { ExplainedOrder, OrderLine } from "../api/orders.ts";
import { amountText, isZero, quantityText } from "../format/amount.ts";
import { termText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** The lines of an order; the columns of money are left out where there is none to show (R12). */
export function OrderLines({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const priced = order.billing !== "pay_as_you_go";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is narrow, and the keyboard must reach it
    <section className="table-card scroll-x" tabIndex={0} aria-label={t("order.lines")}>
      <table className="table lines-table">
        <thead>
          <tr>
            <th scope="col">{t("order.line.product")}</th>
            <th scope="col" className="number">
              {t("order.line.quantity")}
            </th>
            {priced && (
              <>
                <th scope="col" className="number">
                  {t("order.line.list")}
                </th>
                <th scope="col" className="number">
                  {t("order.line.discount")}
                </th>
                <th scope="col" className="number">
                  {t("order.line.total")}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.line}>
              <th scope="row">
                <span>{line.name[language]}</span>
                {line.description !== "" && <span className="soft small wrap">{line.description}</span>}
                <LineTerm line={line} order={order} />
              </th>
              <td className="number">{quantityText(line.quantity, language)}</td>
              {priced && <LineAmounts line={line} currency={order.currency} />}
            </tr>
          ))}
        </tbody>
        {priced && <OrderTotal order={order} />}
      </table>
    </section>
  );
}

function LineTerm({ line, order }: { line: OrderLine; order: ExplainedOrder }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const sameAsOrder = line.term?.startsAt === order.term?.startsAt && line.term?.endsAt === order.term?.endsAt;
  if (!line.term || sameAsOrder) return null;
  return <span className="soft small">{termText(line.term, order.timeZone, language, t("order.noEnd"))}</span>;
}

function LineAmounts({ line, currency }: { line: OrderLine; currency: string }) {
  const { language } = useLanguage();
  return (
    <>
      <td className="number">{amountText(line.list, currency, language)}</td>
      <td className="number">{isZero(line.discount) ? "—" : `−${amountText(line.discount, currency, language)}`}</td>
      <td className="number">
        <strong>{amountText(line.total, currency, language)}</strong>
      </td>
    </>
  );
}

function OrderTotal({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={4}>
          {t("order.total")}
        </th>
        <td className="number">
          <strong>{amountText(order.total, order.currency, language)}</strong>
        </td>
      </tr>
    </tfoot>
  );
}
