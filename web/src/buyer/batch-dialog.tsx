import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { useFocusBack } from "../shell/use-focus-back.ts";
import { BatchForm } from "./batch-form.tsx";
import { BatchResults } from "./batch-results.tsx";
import { FilledFromProfiles } from "./filled-from-profiles.tsx";
import { useRequestContracts } from "./use-request-contract.ts";
import "../shell/dialog.css";
import "./batch-dialog.css";

interface BatchDialogProps {
  readonly orders: readonly Order[];
  readonly onClosed: (isAnswered: boolean) => void;
}

/** From the selected orders to one list of what came of each, in one dialog (R23). */
export function BatchDialog({ orders, onClosed }: BatchDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const [done, setDone] = useState(0);
  useFocusBack();
  const requesting = useRequestContracts(
    orders.map(({ order }) => order),
    setDone,
  );
  const close = () => setOpen(false);
  const [one = null, ...more] = new Set(orders.map((order) => order.account));
  const account = more.length === 0 ? one : null;
  return (
    <Modal
      open={open}
      title={
        requesting.data ? (
          <span className="unseen">{t("batch.results")}</span>
        ) : (
          t("batch.heading", { count: orders.length })
        )
      }
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={() => onClosed(requesting.isSuccess)}
    >
      {requesting.data ? (
        <BatchResults results={requesting.data} onClose={close} />
      ) : (
        <FilledFromProfiles account={account}>
          {(profiles) => <BatchForm {...{ account, profiles, orders, done, requesting }} onCancel={close} />}
        </FilledFromProfiles>
      )}
    </Modal>
  );
}
