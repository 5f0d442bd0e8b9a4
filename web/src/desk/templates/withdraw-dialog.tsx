import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { WORDINGS_KEY, type WordingStatus, withdrawWording } from "../../api/wordings.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import type { Draft } from "./draft-card.tsx";

interface WithdrawDialogProps {
  readonly status: WordingStatus;
  readonly draft: Draft;
  readonly onDone: (said: string) => void;
  readonly onClosed: () => void;
}

/** Throws the draft away; somebody has written it, so it is asked first. */
export function WithdrawDialog({ status: { seller }, draft, onDone, onClosed }: WithdrawDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () => withdrawWording(seller),
    onSuccess: () => {
      onDone(t("templates.page.done.withdrawn"));
      onClosed();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: WORDINGS_KEY }),
  });
  return (
    <ConfirmDialog
      title={t("templates.page.withdrawTitle")}
      text={t("templates.page.withdrawText", { person: draft.draftedBy })}
      action={t("templates.page.withdrawConfirm")}
      grave
      doing={withdrawing}
      onConfirm={() => withdrawing.mutate()}
      onClose={onClosed}
    />
  );
}
