import { useLanguage } from "../i18n/use-language.ts";
import { type Words, wordFor } from "./words.ts";

interface SelectFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly defaultValue: string;
  readonly words: Words;
  /** What is said for no choice. */
  readonly all: string;
}

/** One of what there are words for; a code from elsewhere is kept as it is. The browser's own, as `TextField` is. */
export function SelectField({ id, name, label, defaultValue, words, all }: SelectFieldProps) {
  const { language } = useLanguage();
  const codes = Object.keys(words);
  const foreign = defaultValue !== "" && !codes.includes(defaultValue) ? [defaultValue] : [];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className="text-input" defaultValue={defaultValue}>
        <option value="">{all}</option>
        {[...codes, ...foreign].map((code) => (
          <option key={code} value={code}>
            {wordFor(words, code, language)}
          </option>
        ))}
      </select>
    </div>
  );
}
