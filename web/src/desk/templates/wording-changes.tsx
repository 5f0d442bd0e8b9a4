import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { clausesQuery } from "../../api/templates.ts";
import { type WordingChoice, type WordingStatus, wordingQuery } from "../../api/wordings.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { DifferencesList } from "./differences-list.tsx";
import { nameOfChoice } from "./name-of-choice.ts";

interface WordingChangesProps {
  readonly status: WordingStatus;
  readonly from: WordingChoice;
  readonly to: WordingChoice;
  /** Clauses that the contract looked at can have; left out where none is looked at. */
  readonly picked?: readonly string[];
  /** What both sides are called; before and after, unless told. */
  readonly sides?: readonly [left: string, right: string];
}

/** What one of a seller's wordings says differently from another one. */
export function WordingChanges({ status, from, to, picked, sides }: WordingChangesProps) {
  const { t } = useTranslation("desk");
  const { seller } = status;
  const library = useQuery(clausesQuery);
  const before = useQuery(wordingQuery(seller, from, nameOfChoice(status, from)));
  const after = useQuery(wordingQuery(seller, to, nameOfChoice(status, to)));
  const error = library.error ?? before.error ?? after.error;
  if (error) return <ProblemPanel error={error} />;
  if (!library.data || !before.data || !after.data) return null;
  return (
    <DifferencesList
      library={library.data}
      left={before.data}
      right={after.data}
      {...(picked && { picked })}
      sides={sides ?? [t("templates.differences.before"), t("templates.differences.after")]}
    />
  );
}
