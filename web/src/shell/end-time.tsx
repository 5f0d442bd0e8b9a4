import { endText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { RemainingTime } from "./remaining-time.tsx";

interface EndTimeProps {
  readonly at: string;
  readonly zone: string;
  /** Whether it is counted down to. */
  readonly counting?: boolean;
  /** What else is to be said of it, before the zone. */
  readonly note?: string;
}

/** The exact end of a period, 24:00 where it is midnight, with the zone that it is told in (R8). */
export function EndTime({ at, zone, counting = false, note }: EndTimeProps) {
  const { language } = useLanguage();
  const named = zoneText(zone, at, language);
  return (
    <>
      <time dateTime={at}>{endText(at, zone, language)}</time>
      {counting && <RemainingTime until={at} />}
      <span className="end-zone soft small">{note === undefined ? named : `${note} · ${named}`}</span>
    </>
  );
}
