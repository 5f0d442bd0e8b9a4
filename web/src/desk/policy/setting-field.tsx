import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RuleTag } from "./rule-tag.tsx";
import { SETTINGS, type SettingName } from "./settings.ts";

interface SettingFieldProps {
  readonly setting: SettingName;
  /** What the server says of it. */
  readonly fault: string | undefined;
  readonly disabled: boolean;
  readonly children: ReactNode;
}

/** One setting of the form: what it is called, its rule, what it means, and what is wrong with it. */
export function SettingField({ setting, fault, disabled, children }: SettingFieldProps) {
  const { t } = useTranslation("desk");
  const rule = SETTINGS.find(({ name }) => name === setting)?.rule ?? "";
  const described = [fault && `${setting}-fault`, `${setting}-hint`].filter(Boolean).join(" ");
  return (
    <fieldset
      className="field setting-field"
      disabled={disabled}
      aria-describedby={described}
      {...(fault && { tabIndex: -1, "data-fault": true })}
    >
      <legend>
        {t(`policy.setting.${setting}`)} <RuleTag rule={rule} />
      </legend>
      <p id={`${setting}-hint`} className="soft small">
        {t(`policy.hint.${setting}`)}
      </p>
      {fault && (
        <p id={`${setting}-fault`} className="field-fault">
          {fault}
        </p>
      )}
      <div className="setting-body">{children}</div>
    </fieldset>
  );
}
