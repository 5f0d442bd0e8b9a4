import { useTranslation } from "react-i18next";
import { wordingChoiceOf } from "../../api/compare-search.ts";
import type { WordingChoice, WordingStatus } from "../../api/wordings.ts";
import { useChoiceText } from "./use-choice-text.ts";

/** As many of the newest versions as a list can hold; a link may name an older one. */
const OFFERED_VERSIONS = 50;

interface WordingSelectProps {
  readonly side: "left" | "right";
  readonly status: WordingStatus;
  readonly value: WordingChoice;
  readonly onChange: (choice: WordingChoice) => void;
}

/** One of a seller's wordings: in force, the draft, one of before, or the library's own words. */
export function WordingSelect({ side, status, value, onChange }: WordingSelectProps) {
  const { t } = useTranslation("desk");
  const choiceText = useChoiceText(status);
  const offered = choicesOf(status);
  const id = `compare-${side}`;
  return (
    <div className="field">
      <label htmlFor={id}>{t(`templates.comparing.${side}`)}</label>
      <select
        id={id}
        className="text-input"
        value={value}
        onChange={({ target }) => onChange(wordingChoiceOf(target.value) ?? "in_force")}
      >
        {[...offered, ...(offered.includes(value) ? [] : [value])].map((choice) => (
          <option key={choice} value={choice}>
            {choiceText(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}

function choicesOf({ version, draft }: WordingStatus): readonly WordingChoice[] {
  const former = Array.from(
    { length: Math.max(0, version - 1) },
    (_, index): WordingChoice => `${version - 1 - index}`,
  );
  const own: readonly WordingChoice[] = version === 0 ? [] : [...former.slice(0, OFFERED_VERSIONS), "0"];
  return ["in_force", ...(draft ? (["draft"] as const) : []), ...own];
}
