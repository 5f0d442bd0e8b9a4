import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

/** The place of a table while its rows are being read. */
export function TableSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="table-card table-skeleton" role="status" aria-label={t("common.loading")}>
      <Skeleton active title={false} paragraph={{ rows: 8, width: "100%" }} />
    </div>
  );
}
