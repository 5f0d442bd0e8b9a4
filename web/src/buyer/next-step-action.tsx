import { Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Subject } from "../api/contracts.ts";
import type { NextStep, Refuse } from "../api/orders.ts";
import { contractPdfUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import { OrderLink } from "../shell/thing-links.tsx";
import { useMay } from "../shell/use-may.ts";
import { ChecklistLink } from "./checklist-link.tsx";
import { useTicketDialog } from "./ticket-dialog-host.tsx";

/** As much of a refusal as the way out of it takes. */
type Explained = Pick<Refuse, "sentence" | "nextStep">;

interface NextStepActionProps {
  readonly refuse: Explained;
  /** What was refused. */
  readonly subject: Subject;
}

/**
 * The way out of a refusal (R24). What the console can do is a link or a button; what happens elsewhere is explained on
 * the spot, so that no button leads nowhere. Tickets and checklists are of orders only.
 */
export function NextStepAction({ refuse, subject }: NextStepActionProps) {
  const step = refuse.nextStep;
  if (step.action === "view_order" && step.order !== undefined) {
    return (
      <OrderLink order={step.order} className="next-step">
        {step.label} <Icon name="arrow" size={13} />
      </OrderLink>
    );
  }
  if (step.action === "view_contract" && step.contract !== undefined) {
    return (
      <a className="next-step" href={contractPdfUrl(step.contract)}>
        {step.label} <Icon name="arrow" size={13} />
      </a>
    );
  }
  if (step.action === "request_later" && step.from !== undefined) {
    return (
      <time className="next-step-later" dateTime={step.from}>
        <Icon name="clock" size={14} /> {step.sentence}
      </time>
    );
  }
  if (subject.kind === "order" && step.action === "print_checklist") {
    return <ChecklistLink order={subject.order} text={step.label} />;
  }
  if (subject.kind === "order" && step.action === "open_ticket") {
    return <OpenTicketButton order={subject.order} refuse={refuse} />;
  }
  return (
    <Popover trigger="click" placement="bottomLeft" content={<NextStepText step={step} />}>
      <button type="button" className="next-step">
        {step.label} <Icon name="chevron" size={13} />
      </button>
    </Popover>
  );
}

function OpenTicketButton({ order, refuse: { sentence, nextStep } }: { order: string; refuse: Explained }) {
  const { t } = useTranslation();
  const open = useTicketDialog();
  const may = useMay();
  if (!may("tickets:write")) return <span className="soft small">{t("viewing.ticket")}</span>;
  return (
    <button
      type="button"
      className="next-step"
      aria-label={t("tickets.openFor", { order, text: nextStep.label })}
      onClick={() => open({ order, sentence, purpose: nextStep.sentence })}
    >
      {nextStep.label} <Icon name="arrow" size={13} />
    </button>
  );
}

function NextStepText({ step }: { step: NextStep }) {
  return (
    <div className="next-step-text">
      <p>{step.sentence}</p>
      {step.contact?.includes("@") && <a href={`mailto:${step.contact}`}>{step.contact}</a>}
    </div>
  );
}
