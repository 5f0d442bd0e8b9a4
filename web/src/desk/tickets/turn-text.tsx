import { useTranslation } from "react-i18next";
import type { Ticket } from "../../api/tickets.ts";
import { durationText } from "../../format/duration.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Tag } from "../../shell/standing-tag.tsx";

interface TurnTextProps {
  readonly atDesk: NonNullable<Ticket["atDesk"]>;
}

/** Whose turn it is on an open ticket, and for how long it has been. */
export function TurnText({ atDesk: { waitsFor, waitingSince, messages, attachments } }: TurnTextProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  if (waitsFor === null || waitingSince === null) return null;
  const elapsed = durationText(waitingSince, new Date().toISOString(), language);
  const said = t("tickets.messages", { count: messages });
  const files = attachments > 0 ? ` · ${t("tickets.files", { count: attachments })}` : "";
  return (
    <div className="turn">
      <span className="turn-line">
        <Tag tone={waitsFor === "desk" ? "wait" : "off"}>{t(`tickets.turn.${waitsFor}`)}</Tag>{" "}
        <time className="small" dateTime={waitingSince}>
          {t("tickets.waitingFor", { elapsed })}
        </time>
      </span>
      <span className="soft small">
        {said}
        {files}
      </span>
    </div>
  );
}
