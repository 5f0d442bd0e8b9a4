import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import { Choice } from "./choices.tsx";
import { CURRENCIES, type RulesEntries } from "./rules-entries.ts";

interface VoidAloneSettingProps {
  readonly entries: RulesEntries;
  readonly onChange: (changes: Partial<RulesEntries>) => void;
}

const AMOUNT = "\\d{1,15}(\\.\\d{1,2})?";

/** Up to which amount one person voids a contract; a currency left empty always takes two. */
export function VoidAloneSetting({ entries: { voidAny, voidAmounts }, onChange }: VoidAloneSettingProps) {
  const { t } = useTranslation("desk");
  return (
    <>
      <Choice
        name="void-alone"
        options={[
          { value: "limited", label: t("policy.choice.voidLimited") },
          { value: "any", label: t("policy.choice.voidAny") },
        ]}
        value={voidAny ? "any" : "limited"}
        onChange={(chosen) => onChange({ voidAny: chosen === "any" })}
      />
      {!voidAny && (
        <div className="amount-grid">
          {CURRENCIES.map((currency) => (
            <TextField
              key={currency}
              id={`void-alone-${currency}`}
              label={currency}
              inputMode="decimal"
              pattern={AMOUNT}
              title={t("policy.amountHint")}
              placeholder={t("policy.alwaysTwo")}
              autoComplete="off"
              value={voidAmounts[currency] ?? ""}
              onChange={({ target }) => onChange({ voidAmounts: { ...voidAmounts, [currency]: target.value } })}
            />
          ))}
        </div>
      )}
    </>
  );
}
