import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Contract, isBeingSealed } from "../api/contracts.ts";
import { momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { ColumnTable } from "../shell/column-table.tsx";
import { EndTime } from "../shell/end-time.tsx";
import { StandingTag, Tag } from "../shell/standing-tag.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { ContractSubject } from "./contract-subject.tsx";
import { DownloadLink } from "./download-link.tsx";
import { holdMatters } from "./hold-matters.ts";

const COLUMNS = ["number", "subject", "requested", "standing", "hold", "file"] as const;

export function ContractsTable({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useTranslation();
  const [first] = contracts;
  const oneZone = first && contracts.every(({ timeZone }) => timeZone === first.timeZone);
  return (
    <>
      <ColumnTable
        className="labelled"
        caption={t("contracts.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`contracts.column.${column}`) }))}
      >
        {contracts.map((contract) => (
          <ContractRow key={contract.number} contract={contract} zoneNamed={!oneZone} />
        ))}
      </ColumnTable>
      {oneZone && <TimesNote zone={first.timeZone} at={first.requestedAt} />}
    </>
  );
}

function ContractRow({ contract, zoneNamed }: { contract: Contract; zoneNamed: boolean }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { number, timeZone, requestedAt, holdUntil, form, voided } = contract;
  return (
    <tr>
      <th scope="row" className="column-number">
        <Link className="code" to={PATHS.contract} params={{ number }}>
          {number}
        </Link>{" "}
        {form === "offline" && <Tag tone="off">{t("contract.offline")}</Tag>}
      </th>
      <td data-label={t("contracts.column.subject")}>
        <ContractSubject contract={contract} />
      </td>
      <td data-label={t("contracts.column.requested")}>
        <div>
          <time dateTime={requestedAt}>{momentText(requestedAt, timeZone, language)}</time>
          {zoneNamed && <span className="soft small">{zoneText(timeZone, requestedAt, language)}</span>}
        </div>
      </td>
      <td data-label={t("contracts.column.standing")}>
        <div>
          <StandingTag contract={contract} />
          {voided && <span className="soft small">{voided.reason}</span>}
        </div>
      </td>
      <td data-label={t("contracts.column.hold")}>
        <div>
          {holdUntil !== null && holdMatters(contract) ? (
            <EndTime at={holdUntil} zone={timeZone} counting={contract.standing === "pending_payment"} />
          ) : (
            t("contracts.noHold")
          )}
        </div>
      </td>
      <td className="column-file">{!isBeingSealed(contract) && <DownloadLink number={number} size="small" />}</td>
    </tr>
  );
}
