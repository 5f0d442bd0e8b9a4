import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language } from "../i18n/languages.ts";
import { useLanguage } from "../i18n/use-language.ts";

/** Each language in its own words: who needs the switch cannot read the other one. */
const NAMES = { "zh-CN": "中文", en: "English" } as const satisfies Record<Language, string>;

export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  return (
    <fieldset className="language-switch">
      <legend className="unseen">{t("language.label")}</legend>
      {LANGUAGES.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => choose(each)}>
          {NAMES[each]}
        </button>
      ))}
    </fieldset>
  );
}
