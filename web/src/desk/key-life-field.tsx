import { useTranslation } from "react-i18next";
import { dayIn, startOfDay } from "../format/day.ts";
import { endText, zoneText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useHouseZone } from "../shell/use-house-zone.ts";

const LIVES = ["30", "90", "365", "never"] as const;
/** In days, or for good. */
export type KeyLife = (typeof LIVES)[number];

/** The end of the last day in a zone, so that a request repeated on the same day says the same; null: none. */
export function endOfKey(life: KeyLife, zone: string): string | null {
  return life === "never" ? null : startOfDay(dayIn(zone, new Date()), zone, Number(life) + 1);
}

interface KeyLifeFieldProps {
  readonly life: KeyLife;
  readonly disabled: boolean;
  readonly onChange: (life: KeyLife) => void;
}

export function KeyLifeField({ life, disabled, onChange }: KeyLifeFieldProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const end = endOfKey(life, zone);
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
