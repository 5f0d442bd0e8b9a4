import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import { Choice } from "./choices.tsx";
import type { SettingsProps } from "./policy-form.tsx";
import { SettingField } from "./setting-field.tsx";
import { VoidAloneSetting } from "./void-alone-setting.tsx";

const LAST_DAY = 28;

/** Monthly bills, and what the house itself may do. */
export function BillsSettings({ entries, field, onChange }: SettingsProps) {
  const { t } = useTranslation("desk");
  return (
    <>
      <section aria-labelledby="edit-bills">
        <h2 id="edit-bills">{t("policy.group.bills")}</h2>
        <SettingField {...field("billFinality")}>
          <Choice
            name="bill-basis"
            options={[
              { value: "final_report" as const, label: t("policy.choice.billByReport") },
              { value: "calendar" as const, label: t("policy.choice.billByCalendar") },
            ]}
            value={entries.billBasis}
            onChange={(billBasis) => onChange({ billBasis })}
          />
          <div className="hold-length">
            <TextField
              id="bill-day"
              label={t("policy.billDay")}
              type="number"
              required
              min={1}
              max={LAST_DAY}
              step={1}
              value={entries.billDay}
              onChange={({ target }) => onChange({ billDay: target.value })}
            />
          </div>
        </SettingField>
      </section>
      <section aria-labelledby="edit-house">
        <h2 id="edit-house">{t("policy.group.house")}</h2>
        <SettingField {...field("voidAlone")}>
          <VoidAloneSetting entries={entries} onChange={onChange} />
        </SettingField>
        <SettingField {...field("withoutTimestamp")}>
          <Choice
            name="without-timestamp"
            options={[
              { value: "wait" as const, label: t("policy.say.timestamp.wait") },
              { value: "refuse" as const, label: t("policy.say.timestamp.refuse") },
            ]}
            value={entries.withoutTimestamp}
            onChange={(withoutTimestamp) => onChange({ withoutTimestamp })}
          />
        </SettingField>
      </section>
    </>
  );
}
