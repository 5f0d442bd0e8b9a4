import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../api/problem-error.ts";
import { type LibraryClause, templatesQuery } from "../../api/templates.ts";
import { draftWording, WORDINGS_KEY, type Wording } from "../../api/wordings.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { ClauseEditor } from "./clause-editor.tsx";
import "../../shell/dialog.css";
import { type ClauseEntry, clauseOfField, entriesOf, isChanged, withAdded, wordingOf } from "./wording-entries.ts";

interface WordingFormProps {
  readonly seller: string;
  readonly library: readonly LibraryClause[];
  /** What is begun with. */
  readonly wording: Wording;
}

const FILTERS = ["all", "changed"] as const;

/** Every clause of the library with what becomes of it; what the service finds wrong is said at its field. */
export function WordingForm({ seller, library, wording }: WordingFormProps) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [entries, setEntries] = useState(() => entriesOf(library, wording));
  const [filter, setFilter] = useState<string>("all");
  const { data: templates = [] } = useQuery(templatesQuery);
  const drafting = useMutation({
    mutationFn: () => draftWording(seller, wordingOf(entries)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: WORDINGS_KEY });
      await navigate({ to: PATHS.wording, params: { seller } });
    },
  });
  const field = problemOf(drafting.error)?.field ?? "";
  const faulty = field === "" ? null : clauseOfField(entries, field);
  // Looked for once it is drawn: the clause it is in opens first.
  useEffect(() => {
    if (field !== "") document.getElementById(field)?.focus();
  }, [field]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    drafting.mutate();
  };
  const change = (changed: ClauseEntry) =>
    setEntries((all) => all.map((each) => (each.clause === changed.clause ? changed : each)));
  const shown = filter === "changed" ? entries.filter(isChanged) : entries;
  const numbers = new Map(wordingOf(entries).added.map(({ clause }, index) => [clause, index]));
  return (
    <form className="wording-form" onSubmit={submit} noValidate>
      <div className="filters">
        <Segmented
          aria-label={t("templates.form.filter")}
          options={FILTERS.map((value) => ({ value, label: t(`templates.form.filters.${value}`) }))}
          value={filter}
          onChange={setFilter}
        />
      </div>
      {shown.length === 0 && <p className="soft">{t("templates.form.nothingChanged")}</p>}
      {shown.map((entry) => {
        const clause = library.find(({ clause }) => clause === entry.clause);
        return (
          clause && (
            <ClauseEditor
              key={entry.clause}
              clause={clause}
              entry={entry}
              usedBy={templates.filter(({ clauses }) => clauses.includes(entry.clause))}
              addedNumbers={numbers}
              error={drafting.error}
              isFaulty={faulty === entry.clause}
              onChange={change}
              onAdd={() => setEntries((all) => withAdded(all, entry.clause))}
            />
          )
        );
      })}
      <div className="wording-form-foot">
        {drafting.error && faulty === null && <ProblemPanel error={drafting.error} />}
        <div className="dialog-actions">
          <Button onClick={() => void navigate({ to: PATHS.wording, params: { seller } })}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={drafting.isPending && { delay: 300 }}>
            {t("templates.form.save")}
          </Button>
        </div>
      </div>
    </form>
  );
}
