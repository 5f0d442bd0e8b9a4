import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api/problem-error.ts";
import { Icon } from "./icon.tsx";
import { ProblemLink } from "./problem-link.tsx";

interface ProblemPanelProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong in the server's own words: title, sentence, next step; or that it could not be reached. */
export function ProblemPanel({ error, onRetry }: ProblemPanelProps) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  return (
    <div className="problem-panel" role="alert">
      <Icon name="warning" size={22} />
      <div>
        <p className="problem-title">{problem?.title ?? t("error.unreachableTitle")}</p>
        <p>{problem?.detail ?? t("error.unreachableText")}</p>
        {problem?.nextStep && (
          <p>
            <strong>{problem.nextStep.label}</strong> · {problem.nextStep.sentence}
          </p>
        )}
        {problem && (
          <p>
            <ProblemLink code={problem.code} />
          </p>
        )}
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("common.retry")}
          </Button>
        )}
      </div>
    </div>
  );
}
