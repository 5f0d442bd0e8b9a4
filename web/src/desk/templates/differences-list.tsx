import { useTranslation } from "react-i18next";
import type { LibraryClause } from "../../api/templates.ts";
import type { Wording } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Tag } from "../../shell/standing-tag.tsx";
import type { Tone } from "../../shell/standing-tone.ts";
import { type Change, type ClauseDifference, type ClauseForm, differencesOf } from "./wording-differences.ts";

const TONES = {
  reworded: "info",
  omitted: "bad",
  restored: "off",
  added: "good",
  removed: "bad",
  moved: "wait",
} as const satisfies Record<Change, Tone>;

interface DifferencesListProps {
  readonly library: readonly LibraryClause[];
  readonly left: Wording;
  readonly right: Wording;
  /** Clauses that the contract looked at can have; left out where none is looked at. */
  readonly picked?: readonly string[];
  /** What both sides are called. */
  readonly sides: readonly [left: string, right: string];
}

/** What two wordings say differently, clause by clause. */
export function DifferencesList({ library, left, right, picked, sides }: DifferencesListProps) {
  const { t } = useTranslation("desk");
  const differences = differencesOf(library, left, right);
  if (differences.length === 0) return <p className="soft">{t("templates.differences.none")}</p>;
  return (
    <ul className="clause-differences">
      {differences.map((difference) => (
        <li key={difference.clause}>
          <Difference difference={difference} isPicked={picked?.includes(difference.dependsOn) ?? true} sides={sides} />
        </li>
      ))}
    </ul>
  );
}

interface DifferenceProps {
  readonly difference: ClauseDifference;
  readonly isPicked: boolean;
  readonly sides: DifferencesListProps["sides"];
}

function Difference({ difference, isPicked, sides }: DifferenceProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { clause, dependsOn, change, left, right } = difference;
  const shown = right.kind === "absent" ? left : right;
  const title = shown.kind === "absent" ? "" : shown.words.title[language];
  const isOwnClause = clause !== dependsOn;
  return (
    <>
      <p className="difference-head">
        <Tag tone={TONES[change]}>{t(`templates.differences.change.${change}`)}</Tag>
        <strong>
          {t(isOwnClause ? "templates.differences.ownClause" : "templates.differences.clause", { clause, title })}
        </strong>
        {isOwnClause && <span className="soft small">{t("templates.differences.behind", { clause: dependsOn })}</span>}
        {!isPicked && <span className="soft small">{t("templates.differences.unused")}</span>}
      </p>
      <details>
        <summary>{t("templates.differences.show")}</summary>
        <div className="both-sides">
          <Side name={sides[0]} form={left} />
          <Side name={sides[1]} form={right} />
        </div>
      </details>
    </>
  );
}

function Side({ name, form }: { name: string; form: ClauseForm }) {
  const { t } = useTranslation("desk");
  return (
    <div>
      <p className="soft small">
        {name}
        {form.kind !== "absent" && ` · ${t(`templates.differences.${form.kind}`)}`}
      </p>
      {form.kind === "absent" ? (
        <p className="soft">{t("templates.differences.absent")}</p>
      ) : (
        (["zh-CN", "en"] as const).map((language) => (
          <p key={language} lang={language} className="clause-words">
            <strong>{form.words.title[language]}</strong> {form.words.text[language]}
          </p>
        ))
      )}
    </div>
  );
}
