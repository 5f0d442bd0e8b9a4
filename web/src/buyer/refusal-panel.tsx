import type { Refuse } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";
import { NextStepAction } from "./next-step-action.tsx";

interface RefusalPanelProps {
  readonly title: string;
  readonly refuse: Refuse;
}

/** A refusal in full: why, and what to do instead. */
export function RefusalPanel({ title, refuse }: RefusalPanelProps) {
  return (
    <div className="verdict-panel verdict-off">
      <Icon name="cross" size={20} />
      <div>
        <p className="verdict-title">{title}</p>
        <p>{refuse.sentence}</p>
        <p className="soft">{refuse.nextStep.sentence}</p>
        <NextStepAction step={refuse.nextStep} />
      </div>
    </div>
  );
}
