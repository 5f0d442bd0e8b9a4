import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { contractQuery } from "../api/contracts.ts";
import type { Order } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";
import { ProblemLink } from "../shell/problem-link.tsx";
import { useMay } from "../shell/use-may.ts";
import { ChecklistLink } from "./checklist-link.tsx";
import { ContractPart } from "./contract-part.tsx";
import { NextStepAction } from "./next-step-action.tsx";
import { useRequestDialog } from "./request-dialog-host.tsx";

/** What can be had before the order is paid: its contract, or the business checklist (R15); and what is to be known. */
export function UnpaidCell({ order }: { order: Order }) {
  const { t } = useTranslation();
  const openRequest = useRequestDialog();
  const may = useMay();
  const { contract, decision } = order;
  const subject = { kind: "order", order: order.order } as const;
  return (
    <div className="decision-refused">
      {contract && <ContractPart contract={contract} />}
      {!contract && decision.kind === "refuse" && <p>{decision.sentence}</p>}
      {contract && order.domain && <WarningsOfContract number={contract.number} />}
      {!contract && decision.kind === "issue" && <DomainWarning warnings={decision.warnings} />}
      <div className="decision-actions">
        {!contract && decision.kind === "issue" && !may("contracts:request") && (
          <span className="soft">{t("viewing.requestable")}</span>
        )}
        {!contract && decision.kind === "issue" && may("contracts:request") && (
          <Button
            type="primary"
            size="small"
            aria-label={t("orders.requestFor", { order: order.order })}
            onClick={() => openRequest(subject)}
          >
            {t("orders.request")}
          </Button>
        )}
        {!contract && decision.kind === "refuse" && decision.nextStep.action !== "print_checklist" && (
          <NextStepAction refuse={decision} subject={subject} />
        )}
        <ChecklistLink order={order.order} text={t("unpaid.checklist")} />
        {!contract && decision.kind === "refuse" && <ProblemLink code={decision.code} of={order.order} />}
      </div>
    </div>
  );
}

type Warnings = Extract<Order["decision"], { kind: "issue" }>["warnings"];

/** The list of orders names a contract without its warnings; only few orders are of domains and wait with a contract. */
function WarningsOfContract({ number }: { number: string }) {
  const { data } = useQuery(contractQuery(number));
  return data && <DomainWarning warnings={data.warnings} />;
}

/** R17; how long an order is held has a column of its own. */
function DomainWarning({ warnings }: { warnings: Warnings }) {
  const found = warnings.find(({ code }) => code === "domain_can_be_lost_until_paid");
  return (
    found && (
      <p className="warning-line">
        <Icon name="warning" size={15} /> {found.text}
      </p>
    )
  );
}
