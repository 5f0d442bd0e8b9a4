import { useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { attachToTicket, type Thread, TICKETS_KEY } from "../api/tickets.ts";
import { fileSizeText } from "../format/amount.ts";
import { momentText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { attachmentUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { useMay } from "../shell/use-may.ts";
import { useOnce } from "../shell/use-once.ts";
import { faultOfPdf } from "./fault-of-pdf.ts";
import { useTicketWords } from "./use-ticket-words.ts";
import "./ticket-thread.css";

/** The PDFs on a ticket, each to be saved; and while it is open, the way to add one. */
export function TicketAttachments({ thread, addable = true }: { thread: Thread; addable?: boolean }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const zone = useHouseZone();
  const words = useTicketWords();
  const may = useMay();
  const { ticket, state, attachments } = thread;
  return (
    <section className="card" aria-labelledby="ticket-attachments">
      <h2 id="ticket-attachments">{t("tickets.attachments")}</h2>
      {attachments.length === 0 && <p className="soft">{t("tickets.noAttachments")}</p>}
      {attachments.length > 0 && (
        <ul className="attachments">
          {attachments.map(({ id, name, bytes, at, from }) => (
            <li key={id}>
              <a className="wrap" href={attachmentUrl(ticket, id)} download={name}>
                <Icon name="download" size={15} /> {name}
              </a>
              <span className="soft small">
                {words.from(from)} · <time dateTime={at}>{momentText(at, zone, language)}</time> ·{" "}
                {fileSizeText(bytes, language)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {state === "open" && addable && may("tickets:write") && <AttachmentInput ticket={ticket} />}
    </section>
  );
}

function AttachmentInput({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const attaching = useOnce({
    send: (file: File, key) => attachToTicket(ticket, file, key),
    nameOf: ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`,
    onSettled: () => queries.invalidateQueries({ queryKey: TICKETS_KEY }),
  });
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = "";
    if (!file) return;
    const found = faultOfPdf(file);
    setFault(found && t(`tickets.${found}`, { name: file.name }));
    if (found === null) attaching.mutate(file);
  };
  return (
    <>
      <label className="attachment-input">
        <input
          type="file"
          className="unseen"
          accept="application/pdf,.pdf"
          disabled={attaching.isPending}
          onChange={choose}
        />
        <Icon name="file" /> {t(attaching.isPending ? "tickets.attaching" : "tickets.attach")}
      </label>
      <p className="soft small">{t("tickets.attachHint")}</p>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
      {attaching.isError && <ProblemPanel error={attaching.error} />}
    </>
  );
}
