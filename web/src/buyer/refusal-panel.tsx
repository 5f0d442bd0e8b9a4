import type { Subject } from "../api/contracts.ts";
import type { Refuse } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";
import { ProblemLink } from "../shell/problem-link.tsx";
import { NextStepAction } from "./next-step-action.tsx";

interface RefusalPanelProps {
  readonly title: string;
  readonly refuse: Refuse;
  /** What was refused. */
  readonly subject: Subject;
}

/** A refusal in full: why, and what to do instead. */
export function RefusalPanel({ title, refuse, subject }: RefusalPanelProps) {
  return (
    <div className="verdict-panel verdict-off">
      <Icon name="cross" size={20} />
      <div>
        <p className="verdict-title">{title}</p>
        <p>{refuse.sentence}</p>
        {refuse.nextStep.action !== "request_later" && <p className="soft">{refuse.nextStep.sentence}</p>}
        <div className="decision-actions">
          <NextStepAction refuse={refuse} subject={subject} />
          <ProblemLink code={refuse.code} />
        </div>
      </div>
    </div>
  );
}
