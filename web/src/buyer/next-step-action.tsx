import { Link } from "@tanstack/react-router";
import { Popover } from "antd";
import type { NextStep } from "../api/orders.ts";
import { contractPdfUrl, PATHS } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";

/**
 * The way out of a refusal (R24). What the console can do is a link; what happens elsewhere is explained on the spot,
 * so that no button leads nowhere.
 */
export function NextStepAction({ step }: { step: NextStep }) {
  if (step.action === "view_order" && step.order !== undefined) {
    return (
      <Link className="next-step" to={PATHS.order} params={{ order: step.order }} search={true}>
        {step.label} <Icon name="arrow" size={13} />
      </Link>
    );
  }
  if (step.action === "view_contract" && step.contract !== undefined) {
    return (
      <a className="next-step" href={contractPdfUrl(step.contract)}>
        {step.label} <Icon name="arrow" size={13} />
      </a>
    );
  }
  return (
    <Popover trigger="click" placement="bottomLeft" content={<NextStepText step={step} />}>
      <button type="button" className="next-step">
        {step.label} <Icon name="chevron" size={13} />
      </button>
    </Popover>
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
