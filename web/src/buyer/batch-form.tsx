import { Button } from "antd";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import type { Order } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { RequestChoices } from "./request-choices.tsx";
import { RequestProgress } from "./request-progress.tsx";
import { useFilling } from "./use-filling.ts";
import type { useRequestContracts } from "./use-request-contract.ts";
import { WarningList } from "./warning-list.tsx";

interface BatchFormProps {
  /** Whose contracts they will be, and what that account has kept to fill in; null where they are of several. */
  readonly account: string | null;
  readonly profiles: readonly ContactProfile[];
  readonly orders: readonly Order[];
  /** How many are through. */
  readonly done: number;
  readonly requesting: ReturnType<typeof useRequestContracts>;
  readonly onCancel: () => void;
}

/** What is chosen for all the contracts at once, and what must be known before (R8, R17). */
export function BatchForm({ account, profiles, orders, done, requesting, onCancel }: BatchFormProps) {
  const { t } = useTranslation();
  const filling = useFilling(account, profiles);
  const isBusy = requesting.isPending || filling.saving.isPending;
  const warnings = useWarnings(orders);
  const unpaid = orders.filter(({ state }) => state === "unpaid").length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    filling.keep().then(
      () => requesting.mutate(filling.choices),
      () => undefined,
    );
  };
  return (
    <form className="request-form" onSubmit={submit}>
      <p className="soft">{t("batch.lead")}</p>
      <p className="batch-orders">
        {orders.map(({ order }) => (
          <span key={order} className="order-number">
            {order}
          </span>
        ))}
      </p>
      <WarningList warnings={warnings} title={t("batch.warnings", { count: unpaid })} />
      <RequestChoices filling={filling} disabled={isBusy} />
      <div className="dialog-foot">
        {requesting.isError && <ProblemPanel error={requesting.error} />}
        {requesting.isPending && (
          <RequestProgress
            title={t("batch.workingTitle", { count: orders.length })}
            text={t("batch.workingText")}
            done={done}
            of={orders.length}
          />
        )}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t(requesting.isPending ? "common.close" : "request.cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={isBusy && { delay: 300 }}>
            {t("request.confirm")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Each warning once, with the orders that it is about. */
function useWarnings(orders: readonly Order[]) {
  const { t } = useTranslation();
  const ordersOf = new Map<string, string[]>();
  for (const { order, decision } of orders) {
    for (const { text } of decision.kind === "issue" ? decision.warnings : []) {
      ordersOf.set(text, [...(ordersOf.get(text) ?? []), order]);
    }
  }
  return [...ordersOf].map(([text, about]) => ({
    code: text,
    text: t("batch.warningFor", { text, orders: about.join(t("batch.between")) }),
  }));
}
