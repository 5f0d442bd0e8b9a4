import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { assignTicket } from "../../api/desk-tickets.ts";
import { sessionQuery } from "../../api/session.ts";
import { type Thread, TICKETS_KEY } from "../../api/tickets.ts";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useMay } from "../../shell/use-may.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";

type Change = "take" | "giveBack" | "takeOver";

/** Who works on the ticket, and the way to make it oneself, or nobody. */
export function TicketAssignment({ thread: { ticket, atDesk } }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const queries = useQueryClient();
  const may = useMay();
  const { data: session } = useQuery(sessionQuery);
  const [confirming, setConfirming] = useState(false);
  const [done, setDone] = useState("");
  const assignee = atDesk?.assignee ?? null;
  const whose = assignee === null ? "nobody" : assignee === session?.staff?.person ? "mine" : "other";
  const changing = useMutation({
    mutationFn: (change: Change) => assignTicket(ticket, change === "giveBack" ? null : "me", assignee),
    onMutate: () => setDone(""),
    onSuccess: (_, change) => setDone(t(`tickets.assignment.done.${change}`)),
    onSettled: () => {
      setConfirming(false);
      return queries.invalidateQueries({ queryKey: TICKETS_KEY });
    },
  });
  const hint = useHint(whose);
  const loading = changing.isPending && { delay: 300 };
  return (
    <section className={`assignment assignment-${whose}`} aria-label={t("tickets.assignment.label")}>
      <div className="assignment-line">
        <Icon name="person" size={18} />
        <div className="assignment-text">
          <p className="assignment-who wrap">{t(`tickets.assignment.${whose}`, { person: assignee ?? "" })}</p>
          {hint !== "" && <p className="soft small">{hint}</p>}
        </div>
        {may("tickets:resolve") && (
          <div className="assignment-actions">
            {whose === "nobody" && (
              <Button type="primary" loading={loading} onClick={() => changing.mutate("take")}>
                {t("tickets.assignment.take")}
              </Button>
            )}
            {whose === "mine" && (
              <Button loading={loading} onClick={() => changing.mutate("giveBack")}>
                {t("tickets.assignment.giveBack")}
              </Button>
            )}
            {whose === "other" && (
              <Button type="primary" onClick={() => setConfirming(true)}>
                {t("tickets.assignment.takeOver")}
              </Button>
            )}
          </div>
        )}
      </div>
      <p className={done === "" ? "unseen" : "assignment-done small"} role="status">
        {done}
      </p>
      {changing.isError && <ProblemPanel error={changing.error} />}
      {confirming && assignee !== null && (
        <ConfirmDialog
          title={t("tickets.assignment.takeOverTitle")}
          text={t("tickets.assignment.takeOverText", { person: assignee })}
          action={t("tickets.assignment.takeOver")}
          grave={false}
          doing={changing}
          onConfirm={() => changing.mutate("takeOver")}
          onClose={() => setConfirming(false)}
        />
      )}
    </section>
  );
}

function useHint(whose: "nobody" | "mine" | "other"): string {
  const { t } = useTranslation("desk");
  const may = useMay();
  if (!may("tickets:resolve")) return t("tickets.assignment.lookHint");
  switch (whose) {
    case "nobody":
      return t("tickets.assignment.nobodyHint");
    case "other":
      return t("tickets.assignment.otherHint");
    case "mine":
      return "";
  }
}
