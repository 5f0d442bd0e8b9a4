import { useTranslation } from "react-i18next";
import { endText, readersZone, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";

const LIVES = ["30", "90", "365", "never"] as const;
/** In days, or for good. */
export type KeyLife = (typeof LIVES)[number];

/** The end of the last day, by the reader's clock, so that a request repeated on the same day says the same; null: none. */
export function endOfKey(life: KeyLife): string | null {
  if (life === "never") return null;
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + Number(life) + 1).toISOString();
}

interface KeyLifeFieldProps {
  readonly life: KeyLife;
  readonly disabled: boolean;
  readonly onChange: (life: KeyLife) => void;
}

export function KeyLifeField({ life, disabled, onChange }: KeyLifeFieldProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = readersZone();
  const end = endOfKey(life);
  return (
    <div className="field">
      <label htmlFor="new-key-life">{t("newKey.expires")}</label>
      <select
        id="new-key-life"
        className="text-input"
        aria-describedby="new-key-life-hint"
        value={life}
        disabled={disabled}
        onChange={({ target }) => onChange(LIVES.find((each) => each === target.value) ?? life)}
      >
        {LIVES.map((each) => (
          <option key={each} value={each}>
            {each === "never" ? t("newKey.never") : t("newKey.days", { count: Number(each) })}
          </option>
        ))}
      </select>
      <p id="new-key-life-hint" className="soft small">
        {end === null
          ? t("newKey.neverHint")
          : t("newKey.until", { end: endText(end, zone, language), zone: zoneText(zone, end, language) })}
      </p>
    </div>
  );
}
