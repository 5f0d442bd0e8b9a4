import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Chosen, verificationQuery } from "../api/verifications.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { FileDrop } from "./file-drop.tsx";
import { VerificationResult } from "./verification-result.tsx";

/** Choose or drop a PDF, and read the answer in its place. */
export function FileCheck() {
  const { t } = useTranslation();
  const [rejected, setRejected] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const checking = useQuery(verificationQuery(chosen));
  const check = (file: File) => {
    const isPdf = file.type === "application/pdf" || file.name.toLowerCase().endsWith(".pdf");
    setRejected(isPdf ? null : file.name);
    if (isPdf) setChosen((former) => ({ file, turn: (former?.turn ?? 0) + 1 }));
  };
  if (chosen && checking.data) {
    return (
      <section className="result" aria-live="polite">
        <h2>{t("verify.resultFor", { name: chosen.file.name })}</h2>
        <VerificationResult verification={checking.data} />
        <Button onClick={() => setChosen(null)}>{t("verify.again")}</Button>
      </section>
    );
  }
  return (
    <section className="card" aria-labelledby="by-file">
      <h2 id="by-file">{t("verify.byFile")}</h2>
      <FileDrop busy={checking.isFetching} onFile={check} />
      {rejected !== null && (
        <p className="field-fault" role="alert">
          {t("verify.notPdf", { name: rejected })}
        </p>
      )}
      {checking.error && !checking.isFetching && <ProblemPanel error={checking.error} />}
    </section>
  );
}
