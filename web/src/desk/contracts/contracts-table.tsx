import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Contract } from "../../api/contracts.ts";
import { ContractSubject } from "../../buyer/contract-subject.tsx";
import { holdMatters } from "../../buyer/hold-matters.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { EndTime } from "../../shell/end-time.tsx";
import { StandingTag, Tag } from "../../shell/standing-tag.tsx";
import { TimesNote } from "../../shell/times-note.tsx";
import { AccountLink } from "../account-link.tsx";

const COLUMNS = ["number", "account", "subject", "requested", "standing"] as const;

/** Contracts of many buyers, each with whose it is and what it is worth now. */
export function DeskContractsTable({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useTranslation("desk");
  const [first] = contracts;
  const oneZone = first && contracts.every(({ timeZone }) => timeZone === first.timeZone);
  return (
    <>
      <ColumnTable
        className="labelled"
        caption={t("contractsPage.caption")}
        columns={COLUMNS.map((column) => ({ name: column, label: t(`contractsPage.column.${column}`) }))}
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
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { number, account, form, timeZone, requestedAt } = contract;
  return (
    <tr>
      <th scope="row" className="column-number">
        <Link className="code" to={PATHS.deskContract} params={{ number }}>
          {number}
        </Link>{" "}
        {form === "offline" && <Tag tone="off">{t("contractsPage.kind.offline")}</Tag>}
      </th>
      <td data-label={t("contractsPage.column.account")}>
        <AccountLink account={account} />
      </td>
      <td data-label={t("contractsPage.column.subject")}>
        <ContractSubject contract={contract} />
      </td>
      <td data-label={t("contractsPage.column.requested")}>
        <div>
          <time dateTime={requestedAt}>{momentText(requestedAt, timeZone, language)}</time>
          {zoneNamed && <span className="soft small">{zoneText(timeZone, requestedAt, language)}</span>}
        </div>
      </td>
      <td data-label={t("contractsPage.column.standing")}>
        <Standing contract={contract} />
      </td>
    </tr>
  );
}

/** What it is worth, until when or why. */
function Standing({ contract }: { contract: Contract }) {
  const { t } = useTranslation("desk");
  const { holdUntil, timeZone, voided } = contract;
  return (
    <div>
      <StandingTag contract={contract} />
      {voided && <span className="soft small">{voided.reason}</span>}
      {holdUntil !== null && holdMatters(contract) && (
        <span className="soft small">
          {t("contractsPage.heldUntil")} <EndTime at={holdUntil} zone={timeZone} />
        </span>
      )}
    </div>
  );
}
