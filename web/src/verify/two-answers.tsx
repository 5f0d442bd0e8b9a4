import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../shell/icon.tsx";
import type { Tone } from "../shell/standing-tone.ts";

export interface Answer {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  /** Where that of the tone would mislead. */
  readonly icon?: IconName;
}

const ICONS = {
  good: "check",
  wait: "clock",
  info: "clock",
  bad: "cross",
  off: "question",
} as const satisfies Record<Tone, IconName>;

interface TwoAnswersProps {
  /** Sealed with a demonstration key: whatever the answers, it has no legal effect. */
  readonly demo: boolean;
  readonly genuine: Answer;
  readonly inForce: Answer;
}

/** Genuine and in force are two questions: a lapsed contract is still genuine, a forged one is never in force. */
export function TwoAnswers({ demo, genuine, inForce }: TwoAnswersProps) {
  const { t } = useTranslation();
  return (
    <>
      {demo && <p className="demo-notice">{t("verify.demoNotice")}</p>}
      <div className="answers">
        <AnswerPanel question={t("verify.genuineQuestion")} answer={genuine} />
        <AnswerPanel question={t("verify.forceQuestion")} answer={inForce} />
      </div>
    </>
  );
}

function AnswerPanel({ question, answer }: { question: string; answer: Answer }) {
  return (
    <div className={`answer answer-${answer.tone}`}>
      <p className="answer-question">{question}</p>
      <p className="answer-title">
        <span className="answer-mark">
          <Icon name={answer.icon ?? ICONS[answer.tone]} size={22} />
        </span>
        {answer.title}
      </p>
      <p>{answer.text}</p>
    </div>
  );
}
