import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Today, UnsealedContract } from "../../api/today.ts";
import { secondText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { TimesIn } from "../../shell/times-note.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";

interface UnsealedContractsProps {
  readonly which: "stuck" | "timestamp";
  readonly part: NonNullable<Today["sealing"]>["stuck"];
}

/** Contracts that have a number and no file yet, and what becomes of them. */
export function UnsealedContracts({ which, part: { count, first } }: UnsealedContractsProps) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const columns = ["contract", "order", "account", "since", ...(which === "timestamp" ? (["reason"] as const) : [])];
  return (
    <section aria-labelledby={`today-${which}`}>
      <h2 id={`today-${which}`}>{t(`today.sealing.${which}Title`)}</h2>
      <p className="today-note soft">{t(`today.sealing.${which}Note`)}</p>
      <ColumnTable
        className="labelled today-table"
        caption={t(`today.sealing.caption.${which}`)}
        columns={COLUMNS.filter((column) => columns.includes(column)).map((column) => ({
          name: column,
          label: t(`today.sealing.column.${column}`),
        }))}
      >
        {first.map((contract) => (
          <UnsealedRow key={contract.contract} which={which} unsealed={contract} zone={zone} />
        ))}
      </ColumnTable>
      <p className="soft small">
        {count > first.length && `${t("today.shown", { shown: first.length, count })} `}
        <TimesIn zone={zone} />
      </p>
    </section>
  );
}

const COLUMNS = ["contract", "order", "account", "since", "reason"] as const;

interface UnsealedRowProps extends Pick<UnsealedContractsProps, "which"> {
  readonly unsealed: UnsealedContract;
  readonly zone: string;
}

function UnsealedRow({ which, unsealed, zone }: UnsealedRowProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { contract, order, account, since, reason } = unsealed;
  return (
    <tr>
      <th scope="row">
        <Link className="order-number" to={PATHS.deskContract} params={{ number: contract }}>
          {contract}
        </Link>
      </th>
      <td data-label={t("today.sealing.column.order")}>
        {order === null ? (
          <span className="soft">{t("today.sealing.ofBill")}</span>
        ) : (
          <Link className="order-number" to={PATHS.deskOrder} params={{ order }}>
            {order}
          </Link>
        )}
      </td>
      <td data-label={t("today.sealing.column.account")} className="wrap">
        {account}
      </td>
      <td data-label={t("today.sealing.column.since")}>
        <time dateTime={since}>{secondText(since, zone, language)}</time>
      </td>
      {which === "timestamp" && <td data-label={t("today.sealing.column.reason")}>{reason ?? "–"}</td>}
    </tr>
  );
}
