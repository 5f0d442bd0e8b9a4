import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { POLICY_KEY, policyDraftQuery, withdrawPolicyDraft } from "../../api/policy.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";

interface WithdrawDialogProps {
  readonly onWithdrawn: () => void;
  readonly onClosed: () => void;
}

/** The rules stay as they are. */
export function WithdrawDialog({ onWithdrawn, onClosed }: WithdrawDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: withdrawPolicyDraft,
    onSuccess: () => {
      queries.setQueryData(policyDraftQuery.queryKey, null);
      onWithdrawn();
      onClosed();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: POLICY_KEY }),
  });
  return (
    <ConfirmDialog
      title={t("policy.withdraw.title")}
      text={t("policy.withdraw.text")}
      action={t("policy.withdraw.button")}
      grave
      doing={withdrawing}
      onConfirm={() => withdrawing.mutate()}
      onClose={onClosed}
    />
  );
}
