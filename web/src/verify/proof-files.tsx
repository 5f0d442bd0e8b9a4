import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { saveFile } from "../shell/save-file.ts";

interface ProofFilesProps {
  readonly number: string;
  readonly logProof: string | null;
  readonly statusRecord: string | null;
}

/** What can be kept beside the file: whoever has no connection checks it with orderseal verify --offline. */
export function ProofFiles({ number, logProof, statusRecord }: ProofFilesProps) {
  const { t } = useTranslation();
  if (logProof === null && statusRecord === null) return null;
  const save = (text: string, name: string) => saveFile(new Blob([text], { type: "text/plain" }), name);
  return (
    <section className="card" aria-labelledby="proof-files">
      <h3 id="proof-files">{t("verify.proofs.heading")}</h3>
      <p className="soft">{t("verify.proofs.lead")}</p>
      <div className="proof-buttons">
        {logProof !== null && (
          <Button onClick={() => save(logProof, `${number}-issued.tlog-proof`)}>{t("verify.proofs.log")}</Button>
        )}
        {statusRecord !== null && (
          <Button onClick={() => save(statusRecord, `${number}.status`)}>{t("verify.proofs.status")}</Button>
        )}
      </div>
    </section>
  );
}
