import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import "../../shell/dialog.css";

interface FormFootProps {
  /** What went wrong and is told at no field. */
  readonly error: Error | null;
  readonly isPending: boolean;
}

export function FormFoot({ error, isPending }: FormFootProps) {
  const { t } = useTranslation("desk");
  return (
    <div className="drawer-foot">
      {error && <ProblemPanel error={error} />}
      <div className="dialog-actions">
        <Button type="primary" htmlType="submit" loading={isPending && { delay: 300 }}>
          {t("catalogue.save")}
        </Button>
      </div>
    </div>
  );
}
