import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryClause, Template } from "../../api/templates.ts";
import type { AddedClause } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Tag } from "../../shell/standing-tag.tsx";
import { type ClauseEntry, isChanged, type Keeping } from "./wording-entries.ts";
import { WordsFields } from "./words-fields.tsx";

interface ClauseEditorProps {
  readonly clause: LibraryClause;
  readonly entry: ClauseEntry;
  readonly usedBy: readonly Template[];
  /** The place of each own clause among all of them, by which the service names it. */
  readonly addedNumbers: ReadonlyMap<string, number>;
  readonly error: unknown;
  /** What the service has found wrong is in here. */
  readonly isFaulty: boolean;
  readonly onChange: (changed: ClauseEntry) => void;
  readonly onAdd: () => void;
}

/** One clause of the library: kept, reworded or left out; and the seller's own clauses behind it. */
export function ClauseEditor(props: ClauseEditorProps) {
  const { clause, entry, isFaulty } = props;
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const [isOpen, setOpen] = useState(isChanged(entry));
  useEffect(() => {
    if (isFaulty) setOpen(true);
  }, [isFaulty]);
  const { keeping } = entry;
  return (
    <details
      className="card clause-editor"
      open={isOpen || isFaulty}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <strong>{t("templates.form.clause", { clause: clause.clause, title: clause.title[language] })}</strong>{" "}
        {keeping !== "library" && (
          <Tag tone={keeping === "own" ? "info" : "bad"}>{t(`templates.form.state.${keeping}`)}</Tag>
        )}
        {entry.added.map((added) => (
          <Tag key={added.clause} tone="good">
            {added.clause}
          </Tag>
        ))}
        {!isOpen && (
          <span lang={language} className="soft small clause-snippet">
            {clause.text[language]}
          </span>
        )}
      </summary>
      <ClauseBody {...props} />
    </details>
  );
}

function ClauseBody(props: ClauseEditorProps) {
  const { clause, entry, usedBy, addedNumbers, error, onChange, onAdd } = props;
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const number = clause.clause;
  const titles = usedBy.map(({ title }) => title[language]).join(language === "en" ? ", " : "、");
  const changeAdded = (changed: AddedClause) =>
    onChange({ ...entry, added: entry.added.map((each) => (each.clause === changed.clause ? changed : each)) });
  const remove = ({ clause: removed }: AddedClause) =>
    onChange({ ...entry, added: entry.added.filter((each) => each.clause !== removed) });
  return (
    <div className="clause-body">
      <p className="soft small">{t("templates.form.usedBy", { templates: titles })}</p>
      <KeepingChoice clause={clause} keeping={entry.keeping} onChange={(keeping) => onChange({ ...entry, keeping })} />
      {entry.keeping === "own" ? (
        <WordsFields
          path={`replaced.${number}`}
          words={entry.words}
          blanks={clause.blanks}
          error={error}
          onChange={(words) => onChange({ ...entry, words })}
        />
      ) : (
        <OriginalWords clause={clause} />
      )}
      {entry.keeping === "own" && (
        <details className="original-words">
          <summary>{t("templates.form.original")}</summary>
          <OriginalWords clause={clause} />
        </details>
      )}
      {entry.added.map((added) => {
        const path = `added.${addedNumbers.get(added.clause) ?? 0}`;
        return (
          <fieldset key={added.clause} className="added-clause">
            <legend>{t("templates.form.added", { clause: added.clause, after: number })}</legend>
            <WordsFields
              path={path}
              words={added}
              blanks={clause.blanks}
              error={error}
              onChange={(words) => changeAdded({ ...added, ...words })}
            />
            <Button
              size="small"
              className="keep-narrow"
              danger
              aria-label={t("templates.form.removeFor", { clause: added.clause })}
              onClick={() => remove(added)}
            >
              {t("templates.form.remove")}
            </Button>
          </fieldset>
        );
      })}
      <Button
        size="small"
        className="keep-narrow"
        aria-label={t("templates.form.addAfter", { clause: number })}
        onClick={onAdd}
      >
        {t("templates.form.add")}
      </Button>
    </div>
  );
}

interface KeepingChoiceProps {
  readonly clause: LibraryClause;
  readonly keeping: Keeping;
  readonly onChange: (keeping: Keeping) => void;
}

/** What says price, term and effect can be reworded, never left out: then it is not offered. */
function KeepingChoice({ clause: { clause, mayBeOmitted }, keeping, onChange }: KeepingChoiceProps) {
  const { t } = useTranslation("desk");
  const offered: readonly Keeping[] = ["library", "own", ...(mayBeOmitted ? (["absent"] as const) : [])];
  return (
    <fieldset className="field">
      <legend className="unseen">{t("templates.form.how", { clause })}</legend>
      <div className="radio-row">
        {offered.map((each) => (
          <label key={each} className="check-area">
            <input type="radio" name={`keeping-${clause}`} checked={keeping === each} onChange={() => onChange(each)} />
            {t(`templates.form.keep.${each}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function OriginalWords({ clause: { title, text } }: { clause: LibraryClause }) {
  return (
    <>
      {(["zh-CN", "en"] as const).map((language) => (
        <p key={language} lang={language} className="clause-words soft">
          <strong>{title[language]}</strong> {text[language]}
        </p>
      ))}
    </>
  );
}
