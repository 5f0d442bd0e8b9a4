import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { contractStatusQuery } from "../api/verifications.ts";
import { PATHS } from "../paths.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { FileCheck } from "./file-check.tsx";
import { NumberCheck } from "./number-check.tsx";
import { StatusResult } from "./status-result.tsx";
import { VerifyFrame } from "./verify-frame.tsx";

/** Where the QR code on a contract leads: what is on record, and the file check beside it. */
export function VerifyNumberPage() {
  const { t } = useTranslation();
  const { number } = useParams({ from: PATHS.verifyNumber });
  const { code = "" } = useSearch({ from: PATHS.verifyNumber });
  const status = useQuery(contractStatusQuery(number, code));
  usePageTitle(t("title.verify"));
  return (
    <VerifyFrame>
      {status.isFetching && !status.data && (
        <div className="card" role="status" aria-label={t("verify.checking")}>
          <Skeleton active paragraph={{ rows: 4 }} />
        </div>
      )}
      {status.error && <ProblemPanel error={status.error} />}
      {status.data && <StatusResult status={status.data} code={code} />}
      {!status.data && <NumberCheck key={`${number} ${code}`} number={number} code={code} />}
      <FileCheck />
      {status.data && <NumberCheck key="another" number="" code="" />}
    </VerifyFrame>
  );
}
