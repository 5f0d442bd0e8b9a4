import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { isBeingSealed } from "../api/contracts.ts";
import type { ExplainedOrder } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";
import { StandingTag } from "../shell/standing-tag.tsx";
import { ContractLink } from "../shell/thing-links.tsx";
import { useMay } from "../shell/use-may.ts";
import { DownloadLink } from "./download-link.tsx";
import { RefusalPanel } from "./refusal-panel.tsx";
import { useRequestDialog } from "./request-dialog-host.tsx";

/** The answer at the head of an order: its contract, the way to it, or the refusal in full. */
export function DecisionPanel({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation();
  const openRequest = useRequestDialog();
  const may = useMay();
  const { contract, decision } = order;
  const subject = { kind: "order", order: order.order } as const;
  if (contract) {
    return (
      <div className="verdict-panel verdict-good">
        <Icon name="file" size={20} />
        <div>
          <p className="verdict-title">{t("order.hasContract")}</p>
          <p className="decision-contract">
            <ContractLink number={contract.number} />
            <StandingTag contract={contract} />
          </p>
          {contract.waitingFor && <p className="small">{contract.waitingFor.sentence}</p>}
          {!isBeingSealed(contract) && <DownloadLink number={contract.number} />}
        </div>
      </div>
    );
  }
  if (decision.kind === "refuse")
    return <RefusalPanel title={t("order.cannotRequest")} refuse={decision} subject={subject} />;
  return (
    <div className="verdict-panel verdict-good">
      <Icon name="check" size={20} />
      <div>
        <p className="verdict-title">{t("order.canRequest")}</p>
        {decision.warnings.map(({ code, text }) => (
          <p key={code}>{text}</p>
        ))}
        {may("contracts:request") && (
          <Button type="primary" onClick={() => openRequest(subject)}>
            {t("orders.request")}
          </Button>
        )}
      </div>
    </div>
  );
}
