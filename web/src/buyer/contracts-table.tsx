import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Contract, isBeingSealed } from "../api/contracts.ts";
import { contractZone } from "../format/contract-zone.ts";
import { endText, momentText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { StandingTag } from "../shell/standing-tag.tsx";
import { DownloadLink } from "./download-link.tsx";

const COLUMNS = ["number", "order", "requested", "standing", "hold", "file"] as const;
/** Once paid or void, the day until which it had to be paid tells nothing any more. */
const HOLD_MATTERS: readonly string[] = ["pending_payment", "lapsed"];

export function ContractsTable({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [first] = contracts;
  const zone = first && contractZone(first);
  const oneZone = contracts.every((contract) => contractZone(contract) === zone);
  return (
    <>
      <div className="table-card">
        <table className="table contracts-table">
          <caption className="unseen">{t("contracts.caption")}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`contracts.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {contracts.map((contract) => (
              <ContractRow key={contract.number} contract={contract} zoneNamed={!oneZone} />
            ))}
          </tbody>
        </table>
      </div>
      {first && zone && oneZone && (
        <p className="soft small">{t("orders.times", { zone: zoneText(zone, first.requestedAt, language) })}</p>
      )}
    </>
  );
}

function ContractRow({ contract, zoneNamed }: { contract: Contract; zoneNamed: boolean }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const zone = contractZone(contract);
  const { number, order, requestedAt, standing, state, holdUntil } = contract;
  return (
    <tr>
      <th scope="row" className="column-number">
        <span className="code">{number}</span>
      </th>
      <td data-label={t("contracts.column.order")}>
        <Link className="order-number" to={PATHS.order} params={{ order }}>
          {order}
        </Link>
      </td>
      <td data-label={t("contracts.column.requested")}>
        <time dateTime={requestedAt}>{momentText(requestedAt, zone, language)}</time>
        {zoneNamed && <span className="soft small">{zoneText(zone, requestedAt, language)}</span>}
      </td>
      <td data-label={t("contracts.column.standing")}>
        <StandingTag standing={standing} state={state} />
      </td>
      <td data-label={t("contracts.column.hold")}>
        {holdUntil !== null && HOLD_MATTERS.includes(standing)
          ? endText(holdUntil, zone, language)
          : t("contracts.noHold")}
      </td>
      <td className="column-file">{!isBeingSealed(contract) && <DownloadLink number={number} size="small" />}</td>
    </tr>
  );
}
