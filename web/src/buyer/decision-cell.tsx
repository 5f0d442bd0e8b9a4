import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { PATHS } from "../paths.ts";
import { useMay } from "../shell/use-may.ts";
import { ContractPart } from "./contract-part.tsx";
import { NextStepAction } from "./next-step-action.tsx";
import { useRequestDialog } from "./request-dialog-host.tsx";

/** May this order have a contract: the contract itself, the way to it, or why not and what to do instead (R24). */
export function DecisionCell({ order }: { order: Order }) {
  const { t } = useTranslation();
  const openRequest = useRequestDialog();
  const may = useMay();
  const { contract, decision } = order;
  const subject = { kind: "order", order: order.order } as const;
  // A voided contract may be replaced where the policy allows it (R4): both are shown.
  if (contract && decision.kind === "refuse") return <ContractPart contract={contract} />;
  if (decision.kind === "issue") {
    return (
      <>
        {contract && <ContractPart contract={contract} />}
        {may("contracts:request") ? (
          <Button
            type="primary"
            size="small"
            aria-label={t("orders.requestFor", { order: order.order })}
            onClick={() => openRequest(subject)}
          >
            {t("orders.request")}
          </Button>
        ) : (
          <p className="soft">{t("viewing.requestable")}</p>
        )}
      </>
    );
  }
  return (
    <div className="decision-refused">
      <p>{decision.sentence}</p>
      <div className="decision-actions">
        <NextStepAction refuse={decision} subject={subject} />
        <Link
          className="why-link"
          to={PATHS.order}
          params={{ order: order.order }}
          search={true}
          aria-label={t("orders.whyFor", { order: order.order })}
        >
          {t("orders.why")}
        </Link>
      </div>
    </div>
  );
}
