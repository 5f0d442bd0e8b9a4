import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountQuery } from "../../api/account-lookup.ts";
import { type Contract, contractQuery, isBeingSealed } from "../../api/contracts.ts";
import { ContractDetails } from "../../buyer/contract-details.tsx";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { contractArchiveUrl, PATHS } from "../../paths.ts";
import type { Fact } from "../../shell/fact-list.tsx";
import { Icon } from "../../shell/icon.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { AccountCard } from "../account-card.tsx";
import { HistoryList } from "../history-list.tsx";
import { Loaded } from "../loaded.tsx";
import { VoidDialog, type Voided } from "./void-dialog.tsx";

/** One contract as its buyer sees it, with who that is, how it is kept, what happened to it, and the way to void it (R22). */
export function DeskContractPage() {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { number } = useParams({ from: "/desk/contracts/$number" });
  const shown = useQuery(contractQuery(number));
  const heading = inConsole("contract.heading", { number });
  usePageTitle(heading);
  return (
    <div className="desk-thing">
      <p className="small back-line">
        <Link to={PATHS.deskContracts}>{t("contractsPage.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <Loaded of={shown}>{(data) => <DeskContract key={number} contract={data} />}</Loaded>
    </div>
  );
}

function DeskContract({ contract }: { contract: Contract }) {
  const may = useMay();
  const { number } = contract;
  const [voiding, setVoiding] = useState(false);
  const [done, setDone] = useState<Voided | null>(null);
  const account = useQuery(accountQuery(contract.account));
  const facts = useProofFacts(contract);
  return (
    <>
      <VoidOutcome done={done} />
      <div className="thing-columns">
        <div className="thing-main">
          <ContractDetails
            contract={contract}
            moreFacts={facts}
            actions={<ContractActions contract={contract} onVoid={() => setVoiding(true)} />}
          />
        </div>
        <div className="thing-side">
          <Loaded of={account}>{(data) => <AccountCard account={data} linked />}</Loaded>
        </div>
      </div>
      {may("history:read") && <HistoryList subject={{ kind: "contract", number }} />}
      {voiding && <VoidDialog contract={contract} onDone={setDone} onClosed={() => setVoiding(false)} />}
    </>
  );
}

function VoidOutcome({ done }: { done: Voided | null }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  return (
    <p className={done === null ? "unseen" : "done-line"} role="status">
      {done !== null && t(`voiding.done.${done}`)}{" "}
      {done === "proposed" && may("proposals:read") && <Link to={PATHS.approvals}>{t("voiding.toApprovals")}</Link>}
    </p>
  );
}

function ContractActions({ contract, onVoid }: { contract: Contract; onVoid: () => void }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const { number, archive, standing } = contract;
  const mayBeVoided = may("contracts:void") && standing !== "void" && !isBeingSealed(contract);
  return (
    <>
      {archive && (
        <Button icon={<Icon name="download" size={15} />} href={contractArchiveUrl(number)} download>
          {t("contractsPage.archiveFile")}
        </Button>
      )}
      <Link to={PATHS.verifyNumber} params={{ number }}>
        {t("contractsPage.verify")}
      </Link>
      {mayBeVoided && (
        <Button danger className="void-button" onClick={onVoid}>
          {t("voiding.open")}
        </Button>
      )}
    </>
  );
}

/** How its proof is kept: the archive beside the sealed file, or that there is none yet. */
function useProofFacts({ archive, form, timeZone, state }: Contract): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  if (form === "offline" || isBeingSealed({ state })) return [];
  const label = t("contractsPage.archive");
  if (!archive) return [{ label, value: t("contractsPage.notArchived") }];
  const { level, madeAt } = archive;
  const made = `${momentText(madeAt, timeZone, language)} · ${zoneText(timeZone, madeAt, language)}`;
  return [{ label, value: t("contractsPage.archived", { level }), note: made }];
}
