import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import { Choice } from "./choices.tsx";
import type { RulesEntries } from "./rules-entries.ts";

interface HoldSettingProps {
  readonly entries: RulesEntries;
  readonly onChange: (changes: Partial<RulesEntries>) => void;
}

const MOST = { days: 3650, hours: 87_600 } as const;

/** From when, for how long, and how that is counted (R8); the zone is always the seller's. */
export function HoldSetting({ entries: { holdStart, holdCount, holdLength }, onChange }: HoldSettingProps) {
  const { t } = useTranslation("desk");
  return (
    <>
      <Choice
        name="hold-start"
        options={[
          { value: "request" as const, label: t("policy.choice.holdFromRequest") },
          { value: "order" as const, label: t("policy.choice.holdFromOrder") },
        ]}
        value={holdStart}
        onChange={(start) => onChange({ holdStart: start })}
      />
      <div className="hold-length">
        <TextField
          id="hold-length"
          label={t("policy.holdLength")}
          type="number"
          required
          min={1}
          max={MOST[holdCount]}
          step={1}
          value={holdLength}
          onChange={({ target }) => onChange({ holdLength: target.value })}
        />
        <div className="field">
          <label htmlFor="hold-count">{t("policy.holdCount")}</label>
          <select
            id="hold-count"
            className="text-input"
            value={holdCount}
            onChange={({ target }) => onChange({ holdCount: target.value === "hours" ? "hours" : "days" })}
          >
            <option value="days">{t("policy.choice.holdDays")}</option>
            <option value="hours">{t("policy.choice.holdHours")}</option>
          </select>
        </div>
      </div>
    </>
  );
}
