import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BILLS_KEY } from "../../api/bills.ts";
import { CATALOGUE_KEY } from "../../api/catalogue.ts";
import { ORDERS_KEY } from "../../api/orders.ts";
import { POLICY_KEY, policyDraftQuery, publishPolicy } from "../../api/policy.ts";
import { isProblemCode } from "../../api/problem-error.ts";
import { useOnce } from "../../shell/use-once.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";

interface PublishDialogProps {
  /** What is on screen, and so was looked over. */
  readonly draft: string;
  readonly onPublished: (version: number) => void;
  /** Somebody has put another draft in its place: that one has to be looked over first. */
  readonly onReplaced: () => void;
  readonly onClosed: () => void;
}

/** From now on every decision is made by these rules, and contracts name their version. */
export function PublishDialog({ draft, onPublished, onReplaced, onClosed }: PublishDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const publishing = useOnce({
    send: (looked: string, idempotencyKey) => publishPolicy(looked, idempotencyKey),
    nameOf: (looked) => looked,
    onSuccess: ({ version }) => {
      // It is the policy now: nothing may be asked of it as a draft any more.
      queries.setQueryData(policyDraftQuery.queryKey, null);
      onPublished(version);
      onClosed();
    },
    onSettled: async (_, error) => {
      const changed = [POLICY_KEY, ORDERS_KEY, BILLS_KEY, CATALOGUE_KEY];
      await Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
      if (!isProblemCode(error, "draft_replaced")) return;
      onReplaced();
      onClosed();
    },
  });
  return (
    <ConfirmDialog
      title={t("policy.publish.title")}
      text={t("policy.publish.text")}
      action={t("policy.publish.button")}
      grave={false}
      doing={publishing}
      onConfirm={() => publishing.mutate(draft)}
      onClose={onClosed}
    />
  );
}
