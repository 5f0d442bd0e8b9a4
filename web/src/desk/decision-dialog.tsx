import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BILLS_KEY } from "../api/bills.ts";
import { CONTRACTS_KEY } from "../api/contracts.ts";
import { ORDERS_KEY } from "../api/orders.ts";
import { decideProposal, PROPOSALS_KEY, type Proposal, type Verdict } from "../api/proposals.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";

export interface Decision {
  readonly proposal: Proposal;
  readonly verdict: Verdict;
}

interface DecisionDialogProps {
  readonly decision: Decision;
  readonly onDone: (said: string) => void;
  readonly onClosed: () => void;
}

/** Says what follows from a decision before it is made. */
export function DecisionDialog({ decision: { proposal, verdict }, onDone, onClosed }: DecisionDialogProps) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const kind = t(`approvals.kind.${proposal.kind}`);
  const deciding = useMutation({
    mutationFn: () => decideProposal(proposal.id, verdict),
    onSuccess: () => {
      onDone(t(`approvals.done.${verdict}`, { kind, object: proposal.object }));
      onClosed();
    },
    onSettled: () =>
      Promise.all(
        [PROPOSALS_KEY, CONTRACTS_KEY, ORDERS_KEY, BILLS_KEY].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return (
    <ConfirmDialog
      title={t(`approvals.confirm.${verdict}.title`, { kind })}
      text={t(`approvals.confirm.${verdict}.${proposal.kind}`)}
      action={t(`approvals.confirm.${verdict}.button`)}
      grave={verdict === "approve" && proposal.kind === "void_contract"}
      doing={deciding}
      onConfirm={() => deciding.mutate()}
      onClose={onClosed}
    />
  );
}
