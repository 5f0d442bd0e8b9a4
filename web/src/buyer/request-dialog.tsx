import { useQuery } from "@tanstack/react-query";
import { Modal, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { orderQuery } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { RefusalPanel } from "./refusal-panel.tsx";
import { RequestDone } from "./request-done.tsx";
import { RequestForm } from "./request-form.tsx";
import { useRequestContract } from "./use-request-contract.ts";
import "./request-dialog.css";

interface RequestDialogProps {
  readonly order: string;
  readonly onClosed: () => void;
}

/** From what the contract will say to the sealed file, in one dialog. The order is read anew when it opens. */
export function RequestDialog({ order, onClosed }: RequestDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const requesting = useRequestContract(order);
  const close = () => setOpen(false);
  return (
    <Modal
      open={open}
      title={requesting.data ? <span className="unseen">{t("request.doneTitle")}</span> : t("request.heading")}
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={onClosed}
    >
      {requesting.data ? (
        <RequestDone contract={requesting.data} onClose={close} />
      ) : (
        <RequestReview order={order} requesting={requesting} onCancel={close} />
      )}
    </Modal>
  );
}

interface RequestReviewProps {
  readonly order: string;
  readonly requesting: ReturnType<typeof useRequestContract>;
  readonly onCancel: () => void;
}

function RequestReview({ order, requesting, onCancel }: RequestReviewProps) {
  const { t } = useTranslation();
  const { data, error, refetch, isFetchedAfterMount } = useQuery({ ...orderQuery(order), refetchOnMount: "always" });
  if (error) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (!data || !(isFetchedAfterMount || requesting.isPending)) {
    return (
      <div role="status" aria-label={t("request.checking")}>
        <Skeleton active paragraph={{ rows: 7 }} title={false} />
      </div>
    );
  }
  const { decision } = data;
  if (decision.kind === "refuse") return <RefusalPanel title={t("request.noLonger")} refuse={decision} />;
  return <RequestForm order={data} issue={decision} requesting={requesting} onCancel={onCancel} />;
}
