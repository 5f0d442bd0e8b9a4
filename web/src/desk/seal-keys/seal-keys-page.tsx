import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sealKeysQuery } from "../../api/seal-keys.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { SellerKeysPart } from "./seller-keys-part.tsx";
import "./seal-keys.css";
import { TimesNote } from "../../shell/times-note.tsx";

/** The keys of every seller; they are looked after on the server, and looked at here. */
export function SealKeysPage() {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const keys = useQuery(sealKeysQuery);
  usePageTitle(t("sealKeys.heading"));
  return (
    <>
      <h1>{t("sealKeys.heading")}</h1>
      <p className="lead">{t("sealKeys.lead")}</p>
      {keys.isError && <ProblemPanel error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <TableSkeleton />}
      {keys.data?.map((seller) => (
        <SellerKeysPart key={seller.seller} seller={seller} />
      ))}
      {keys.data?.length === 0 && <EmptyState title={t("sealKeys.emptyTitle")} text={t("sealKeys.emptyText")} />}
      {keys.data && keys.data.length > 0 && <TimesNote zone={zone} />}
    </>
  );
}
