import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Bill } from "../api/bills.ts";
import { amountText } from "../format/amount.ts";
import { monthText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { ProblemLink } from "../shell/problem-link.tsx";
import { useMay } from "../shell/use-may.ts";
import { ContractPart } from "./contract-part.tsx";
import { NextStepAction } from "./next-step-action.tsx";
import { PreviewLink } from "./preview-link.tsx";
import { useRequestDialog } from "./request-dialog-host.tsx";
import { UNCHOSEN } from "./unchosen.ts";

const COLUMNS = ["month", "state", "amount", "contract"] as const;

export function BillsTable({ bills }: { bills: readonly Bill[] }) {
  const { t } = useTranslation();
  return (
    <ColumnTable
      className="labelled"
      caption={t("bills.caption")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`bills.column.${column}`) }))}
    >
      {bills.map((bill) => (
        <BillRow key={`${bill.account} ${bill.cycle}`} bill={bill} />
      ))}
    </ColumnTable>
  );
}

function BillRow({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { cycle, state, total, currency } = bill;
  const isFinal = state === "final";
  return (
    <tr>
      <th scope="row" className="column-month">
        <strong>{monthText(cycle, language)}</strong>
        <span className="soft small">{t("bills.lines", { count: bill.lines.length })}</span>
      </th>
      <td data-label={t("bills.column.state")}>
        <span className={`state-dot state-${isFinal ? "good" : "wait"}`}>
          {t(isFinal ? "bills.state.final" : "bills.state.open")}
        </span>
      </td>
      <td className="column-amount" data-label={t("bills.column.amount")}>
        <span className="amount">
          {amountText(total, currency, language)}
          {!isFinal && <span className="soft small">{t("bills.soFar")}</span>}
        </span>
      </td>
      <td className="column-contract">
        <BillCell bill={bill} />
      </td>
    </tr>
  );
}

/** May this bill have a contract: the contract itself, the way to it, or why not and from when (R13, R24). */
function BillCell({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const openRequest = useRequestDialog();
  const may = useMay();
  const { account, cycle, contract, decision } = bill;
  const subject = { kind: "bill", account, cycle } as const;
  const month = monthText(cycle, language);
  if (contract) return <ContractPart contract={contract} />;
  if (decision.kind === "refuse") {
    return (
      <div className="decision-refused">
        <p>{decision.sentence}</p>
        <div className="decision-actions">
          <NextStepAction refuse={decision} subject={subject} />
          <ProblemLink code={decision.code} of={month} />
        </div>
      </div>
    );
  }
  return (
    <div className="decision-actions">
      {may("contracts:request") ? (
        <Button
          type="primary"
          size="small"
          aria-label={t("bills.requestFor", { month })}
          onClick={() => openRequest(subject)}
        >
          {t("orders.request")}
        </Button>
      ) : (
        <span className="soft">{t("viewing.requestable")}</span>
      )}
      <PreviewLink subject={subject} choices={UNCHOSEN} label={t("bills.previewFor", { month })} />
    </div>
  );
}
