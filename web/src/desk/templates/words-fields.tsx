import { useTranslation } from "react-i18next";
import { problemOf } from "../../api/problem-error.ts";
import type { ClauseWords } from "../../api/wordings.ts";
import { FaultAtField } from "../fault-at-field.tsx";

interface WordsFieldsProps {
  /** Of the service's, as "replaced.601". */
  readonly path: string;
  readonly words: ClauseWords;
  readonly blanks: readonly string[];
  readonly error: unknown;
  readonly onChange: (words: ClauseWords) => void;
}

const LANGUAGES = ["zh-CN", "en"] as const;
const LABELS = {
  title: { "zh-CN": "templates.form.titleZh", en: "templates.form.titleEn" },
  text: { "zh-CN": "templates.form.textZh", en: "templates.form.textEn" },
} as const;

/** A clause's title and text in both languages, side by side. */
export function WordsFields({ path, words, blanks, error, onChange }: WordsFieldsProps) {
  const { t } = useTranslation("desk");
  const field = problemOf(error)?.field;
  const parts = (["title", "text"] as const).flatMap((part) => LANGUAGES.map((language) => ({ part, language })));
  return (
    <div>
      <div className="both-sides words-fields">
        {parts.map(({ part, language }) => {
          const id = `${path}.${part}.${language}`;
          const faultId = `${id}.fault`;
          const change = (text: string) => onChange({ ...words, [part]: { ...words[part], [language]: text } });
          const shared = {
            id,
            lang: language,
            value: words[part][language],
            ...(field === id && { "aria-invalid": true, "aria-errormessage": faultId }),
          };
          return (
            <div key={id} className="field">
              <label htmlFor={id}>{t(LABELS[part][language])}</label>
              {part === "title" ? (
                <input {...shared} className="text-input" onChange={({ target }) => change(target.value)} />
              ) : (
                <textarea
                  {...shared}
                  rows={6}
                  className="text-input text-area"
                  onChange={({ target }) => change(target.value)}
                />
              )}
              <FaultAtField id={faultId} field={id} error={error} />
            </div>
          );
        })}
      </div>
      <p className="soft small">
        {t("templates.form.blanks", { blanks: blanks.map((blank) => `{${blank}}`).join(" ") })}
      </p>
    </div>
  );
}
