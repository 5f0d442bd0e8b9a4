import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { resolveTicket } from "../../api/desk-tickets.ts";
import { orderQuery } from "../../api/orders.ts";
import type { Thread } from "../../api/tickets.ts";
import { AmountText } from "../../buyer/amount-text.tsx";
import { fileSizeText } from "../../format/amount.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { Icon } from "../../shell/icon.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useOnce } from "../../shell/use-once.ts";
import { useRereadAll } from "./use-reread-all.ts";
import "../../shell/dialog.css";

const PdfPages = lazy(async () => ({ default: (await import("../../pdf/pdf-pages.tsx")).PdfPages }));

interface ResolveDialogProps {
  readonly thread: Thread;
  /** Null where the ticket is resolved without a contract. */
  readonly pdf: File | null;
  readonly onClosed: () => void;
}

/** The file beside the order that it is to be the contract of; what is confirmed here cannot be undone. */
export function ResolveDialog({ thread, pdf, onClosed }: ResolveDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const rereadAll = useRereadAll();
  const facts = useFacts(thread, pdf);
  const resolving = useOnce({
    send: (file: File | null, key) => resolveTicket(thread.ticket, file, key),
    nameOf: (file) => (file ? `${file.name} ${file.size} ${file.lastModified}` : ""),
    // What is shown goes on once the ticket is read as it is now.
    onSettled: async (_, error) => {
      await rereadAll();
      if (!error) onClosed();
    },
  });
  return (
    <Modal
      open
      title={t(pdf ? "tickets.resolving.title" : "tickets.resolving.lateTitle")}
      footer={null}
      width={540}
      style={{ top: 96 }}
      mask={{ closable: false }}
      closable={resolving.isPending ? false : { "aria-label": inConsole("common.close") }}
      keyboard={!resolving.isPending}
      onCancel={onClosed}
    >
      <p className="dialog-lead">{t(pdf ? "tickets.resolving.lead" : "tickets.resolving.lateText")}</p>
      <FactList facts={facts} />
      {pdf && <ChosenFile pdf={pdf} />}
      <div className="dialog-foot resolve-foot">
        {resolving.isPending && pdf && (
          <div role="status">
            <p className="soft small">{t("tickets.resolving.uploading")}</p>
            <div className="progress-bar" />
          </div>
        )}
        {resolving.isError && <ProblemPanel error={resolving.error} />}
        <div className="dialog-actions">
          <Button disabled={resolving.isPending} onClick={onClosed}>
            {t("cancel")}
          </Button>
          <Button
            type="primary"
            loading={resolving.isPending && { delay: 300 }}
            onClick={() => {
              if (!resolving.isPending) resolving.mutate(pdf);
            }}
          >
            {t(pdf ? "tickets.resolving.confirm" : "tickets.resolving.confirmLate")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** What cannot be undone is looked at first; drawn here, it has not been sent yet. */
function ChosenFile({ pdf }: { pdf: File }) {
  const { t } = useTranslation("desk");
  const [open, setOpen] = useState(false);
  return (
    <div className="chosen-file">
      <Button aria-expanded={open} icon={<Icon name="eye" />} onClick={() => setOpen(!open)}>
        {t(open ? "tickets.resolving.hide" : "tickets.resolving.look")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <PdfPages file={pdf} label={t("tickets.resolving.pages")} />
        </Suspense>
      )}
    </div>
  );
}

function useFacts({ order, account, atDesk }: Thread, pdf: File | null): Fact[] {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { data } = useQuery(orderQuery(order));
  const facts: Fact[] = [];
  if (pdf) {
    const value = <span className="wrap">{pdf.name}</span>;
    facts.push({ label: t("tickets.resolving.file"), value, note: fileSizeText(pdf.size, language) });
  }
  facts.push({ label: t("tickets.resolving.order"), value: order });
  facts.push({ label: t("tickets.resolving.buyer"), value: atDesk?.legalName ?? account });
  if (data) facts.push({ label: t("tickets.resolving.amount"), value: <AmountText order={data} /> });
  return facts;
}
