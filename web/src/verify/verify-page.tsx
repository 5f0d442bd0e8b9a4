import { useTranslation } from "react-i18next";
import { usePageTitle } from "../shell/use-page-title.ts";
import { FileCheck } from "./file-check.tsx";
import { NumberCheck } from "./number-check.tsx";
import { VerifyFrame } from "./verify-frame.tsx";

/** Open to everybody: check a file, or look up a number. */
export function VerifyPage() {
  const { t } = useTranslation();
  usePageTitle(t("title.verify"));
  return (
    <VerifyFrame>
      <FileCheck />
      <NumberCheck number="" code="" />
    </VerifyFrame>
  );
}
