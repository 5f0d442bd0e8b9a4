import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type BatchResult, fetchZip } from "../api/batch.ts";
import { isBeingSealed } from "../api/contracts.ts";
import { Icon } from "../shell/icon.tsx";
import { ProblemLink } from "../shell/problem-link.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { saveFile } from "../shell/save-file.ts";
import { ContractPart } from "./contract-part.tsx";
import { NextStepAction } from "./next-step-action.tsx";

/** What came of each order: its contract, or why not and what to do; and all the files in one zip (R23, R24). */
export function BatchResults({ results, onClose }: { results: readonly BatchResult[]; onClose: () => void }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const contracts = results.flatMap(({ contract }) => contract ?? []);
  const numbers = contracts.filter((contract) => !isBeingSealed(contract)).map(({ number }) => number);
  const refused = results.length - contracts.length;
  const waiting = contracts.length - numbers.length;
  const downloading = useMutation({ mutationFn: fetchZip, onSuccess: (zip) => saveFile(zip, "contracts.zip") });
  return (
    <div className="request-form">
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {numbers.length > 0 ? t("batch.done", { count: numbers.length }) : t("batch.doneNone")}
        </h2>
        {waiting > 0 && <p className="soft">{t("batch.waiting", { count: waiting })}</p>}
        {refused > 0 && <p className="soft">{t("batch.refused", { count: refused })}</p>}
        {refused + waiting === 0 && <p className="soft">{t("batch.allDone")}</p>}
      </div>
      <ul className="batch-results" aria-label={t("batch.results")}>
        {results.map((result) => (
          <ResultItem key={result.order} result={result} />
        ))}
      </ul>
      <div className="dialog-foot">
        {downloading.isError && <ProblemPanel error={downloading.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("common.close")}</Button>
          {numbers.length > 0 && (
            <Button
              type="primary"
              icon={<Icon name="download" />}
              loading={downloading.isPending}
              onClick={() => downloading.mutate(numbers)}
            >
              {t("batch.downloadAll")}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function ResultItem({ result }: { result: BatchResult }) {
  const { t } = useTranslation();
  const { order, contract } = result;
  const waits = contract !== null && isBeingSealed(contract);
  const issued = waits ? "batch.waits" : "batch.issued";
  return (
    <li className={contract ? "result-issued" : "result-refused"}>
      <Icon name={waits ? "clock" : contract ? "check" : "cross"} size={18} />
      <div>
        <p>
          <strong className="order-number">{order}</strong>{" "}
          <span className="soft small">{t(contract ? issued : "batch.notIssued")}</span>
        </p>
        {contract ? <ContractPart contract={contract} /> : <WhyNot order={order} problem={result.problem} />}
      </div>
    </li>
  );
}

type Refused = Extract<BatchResult, { contract: null }>;

/** The very sentence and next step of a single request. */
function WhyNot({ order, problem }: Pick<Refused, "order" | "problem">) {
  if (!problem) return null;
  const { detail, nextStep, code } = problem;
  return (
    <>
      <p>{detail}</p>
      <div className="decision-actions">
        {nextStep && <NextStepAction refuse={{ sentence: detail, nextStep }} subject={{ kind: "order", order }} />}
        <ProblemLink code={code} of={order} />
      </div>
    </>
  );
}
