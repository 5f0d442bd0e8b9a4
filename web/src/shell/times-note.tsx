import { useTranslation } from "react-i18next";
import { zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";

interface TimesNoteProps {
  readonly zone: string;
  /** An instant of the table, since a zone goes by another name in summer; where nothing is shown yet, now. */
  readonly at?: string;
}

/** Under a table: in which zone its times are told. */
export function TimesNote(props: TimesNoteProps) {
  return (
    <p className="soft small">
      <TimesIn {...props} />
    </p>
  );
}

/** The same among other words. */
export function TimesIn({ zone, at = new Date().toISOString() }: TimesNoteProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return t("common.times", { zone: zoneText(zone, at, language) });
}
