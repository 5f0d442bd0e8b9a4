import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { verifyPdf } from "../api/verifications.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { FileDrop } from "./file-drop.tsx";
import { VerificationResult } from "./verification-result.tsx";

/** Choose or drop a PDF, and read the answer in its place. */
export function FileCheck() {
  const { t } = useTranslation();
  const [rejected, setRejected] = useState<string | null>(null);
  const checking = useMutation({ mutationFn: verifyPdf });
  const check = (file: File) => {
    const isPdf = file.type === "application/pdf" || file.name.toLowerCase().endsWith(".pdf");
    setRejected(isPdf ? null : file.name);
    if (isPdf) checking.mutate(file);
  };
  if (checking.data) {
    return (
      <section className="result" aria-live="polite">
        <h2>{t("verify.resultFor", { name: checking.variables.name })}</h2>
        <VerificationResult verification={checking.data} />
        <Button onClick={() => checking.reset()}>{t("verify.again")}</Button>
      </section>
    );
  }
  return (
    <section className="card" aria-labelledby="by-file">
      <h2 id="by-file">{t("verify.byFile")}</h2>
      <FileDrop busy={checking.isPending} onFile={check} />
      {rejected !== null && (
        <p className="field-fault" role="alert">
          {t("verify.notPdf", { name: rejected })}
        </p>
      )}
      {checking.error && <ProblemPanel error={checking.error} />}
    </section>
  );
}
