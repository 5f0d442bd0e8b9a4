import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ChangeEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ExplainedOrder, orderQuery } from "../../api/orders.ts";
import type { Thread } from "../../api/tickets.ts";
import { Icon } from "../../shell/icon.tsx";
import { useMay } from "../../shell/use-may.ts";
import { faultOfPdf } from "../../tickets/fault-of-pdf.ts";
import { RejectDialog } from "./reject-dialog.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";

type Settling = { readonly kind: "resolve"; readonly pdf: File | null } | { readonly kind: "reject" };

const CONSEQUENCES = ["only", "download", "verify"] as const;

/** How an open ticket ends: with the signed PDF, without one where none is wanted, or with a reason (R20). */
export function SettleCard({ thread }: { thread: Thread }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const [settling, setSettling] = useState<Settling | null>(null);
  if (!may("tickets:resolve")) return null;
  const isLate = thread.topic === "paid_after_hold";
  return (
    <section className="card settle" aria-labelledby="settle">
      <h2 id="settle">{t("tickets.settle.heading")}</h2>
      {isLate ? (
        <div className="settle-way">
          <p>{t("tickets.settle.leadLate")}</p>
          <Button type="primary" onClick={() => setSettling({ kind: "resolve", pdf: null })}>
            {t("tickets.settle.resolveLate")}
          </Button>
        </div>
      ) : (
        <UploadWay order={thread.order} onChosen={(pdf) => setSettling({ kind: "resolve", pdf })} />
      )}
      <div className="settle-way settle-reject">
        <p className="soft">{t(isLate ? "tickets.settle.rejectLate" : "tickets.settle.rejectLead")}</p>
        <Button danger onClick={() => setSettling({ kind: "reject" })}>
          {t("tickets.settle.reject")}
        </Button>
      </div>
      {settling?.kind === "resolve" && (
        <ResolveDialog thread={thread} pdf={settling.pdf} onClosed={() => setSettling(null)} />
      )}
      {settling?.kind === "reject" && <RejectDialog thread={thread} onClosed={() => setSettling(null)} />}
    </section>
  );
}

function UploadWay({ order, onChosen }: { order: string; onChosen: (pdf: File) => void }) {
  const { t } = useTranslation("desk");
  return (
    <div className="settle-way">
      <OrderNotice order={order} />
      <p>{t("tickets.settle.leadPdf")}</p>
      <ul className="consequences">
        {CONSEQUENCES.map((each) => (
          <li key={each}>{t(`tickets.settle.consequences.${each}`)}</li>
        ))}
      </ul>
      <PdfInput onChosen={onChosen} />
      <p className="soft small">{t("tickets.settle.accepts")}</p>
    </div>
  );
}

function PdfInput({ onChosen }: { onChosen: (pdf: File) => void }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const [fault, setFault] = useState<string | null>(null);
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = "";
    if (!file) return;
    const found = faultOfPdf(file);
    setFault(found && inConsole(`tickets.${found}`, { name: file.name }));
    if (found === null) onChosen(file);
  };
  return (
    <>
      <label className="attachment-input attachment-input-primary">
        <input type="file" className="unseen" accept="application/pdf,.pdf" onChange={choose} />
        <Icon name="file" /> {t("tickets.settle.choose")}
      </label>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

/** As the service decides when the desk enters a contract: it has one, or it is over. */
const BLOCKING: ReadonlySet<string> = new Set([
  ...["already_contracted", "order_cancelled", "order_expired", "order_refunded"],
]);

/** What has changed since the ticket was opened, before a file is sent in vain. */
function OrderNotice({ order }: { order: string }) {
  const { t } = useTranslation("desk");
  const { data } = useQuery(orderQuery(order));
  if (!data) return null;
  const blocked = blockOf(data);
  if (blocked === null && data.decision.kind === "refuse") return null;
  const [tone, title, hint] =
    blocked === null
      ? (["info", "tickets.settle.selfService", "tickets.settle.selfServiceHint"] as const)
      : (["wait", "tickets.settle.blocked", "tickets.settle.blockedHint"] as const);
  return (
    <div className={`verdict-panel verdict-${tone}`}>
      <Icon name="warning" size={20} />
      <div>
        <p className="verdict-title">{t(title)}</p>
        {blocked !== null && <p>{blocked}</p>}
        <p className="soft">{t(hint)}</p>
      </div>
    </div>
  );
}

/** Why no contract can be entered on the order, in a sentence; null when one can. */
function blockOf({ rungs }: ExplainedOrder): string | null {
  const found = rungs.find(({ rung, outcome }) => BLOCKING.has(rung) && outcome !== "passed");
  return found ? (found.sentence ?? "") : null;
}
