import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CompareSearch } from "../../api/compare-search.ts";
import { CONTRACT_LANGUAGES } from "../../api/contract-languages.ts";
import { templatesQuery } from "../../api/templates.ts";
import type { WordingStatus } from "../../api/wordings.ts";
import { PATHS, previewPdfUrl } from "../../paths.ts";
import { PdfPages } from "../../pdf/pdf-pages.tsx";
import { nameOfChoice } from "./name-of-choice.ts";
import { useChoiceText } from "./use-choice-text.ts";
import type { TrialSubject } from "./use-trial-subject.ts";
import { WordingChanges } from "./wording-changes.tsx";
import { WordingSelect } from "./wording-select.tsx";

const SIDES = ["left", "right"] as const;

interface TwoWordingsProps {
  readonly subject: TrialSubject;
  readonly status: WordingStatus;
  readonly search: CompareSearch;
}

/** What differs, in words; and below it the contract in each wording, page beside page. */
export function TwoWordings({ subject, status, search }: TwoWordingsProps) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.compare });
  const choiceText = useChoiceText(status);
  const { left = "in_force", right = status.draft ? "draft" : "in_force", language = "zh-CN+en" } = search;
  const { data: templates = [] } = useQuery(templatesQuery);
  const picked = templates.find(({ name }) => name === subject.template)?.clauses;
  const chosen = { left, right };
  return (
    <>
      <div className="card compare-choices">
        {SIDES.map((side) => (
          <WordingSelect
            key={side}
            side={side}
            status={status}
            value={chosen[side]}
            onChange={(choice) => void navigate({ search: { ...search, [side]: choice } })}
          />
        ))}
        <div className="field">
          <label htmlFor="compare-language">{t("templates.comparing.language")}</label>
          <select
            id="compare-language"
            className="text-input"
            value={language}
            onChange={({ target }) => {
              const known = CONTRACT_LANGUAGES.find((each) => each === target.value);
              void navigate({ search: { ...search, ...(known && { language: known }) } });
            }}
          >
            {CONTRACT_LANGUAGES.map((each) => (
              <option key={each} value={each}>
                {t(`templates.comparing.languages.${each}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <h2 className="desk-subheading">{t("templates.comparing.differences")}</h2>
      <div className="card">
        <WordingChanges
          status={status}
          from={left}
          to={right}
          {...(picked && { picked })}
          sides={[t("templates.differences.left"), t("templates.differences.right")]}
        />
      </div>
      <h2 className="desk-subheading">{t("templates.comparing.pages")}</h2>
      <div className="both-sides previews">
        {SIDES.map((side) => {
          const choice = choiceText(chosen[side]);
          const sideName = t(`templates.differences.${side}`);
          const url = previewPdfUrl(subject.preview, { language, wording: chosen[side] });
          return (
            <section key={side} aria-label={t("templates.comparing.shown", { side: sideName, choice })}>
              <h3>{t("templates.comparing.shown", { side: sideName, choice })}</h3>
              <PdfPages
                key={`${url} ${nameOfChoice(status, chosen[side])}`}
                url={url}
                label={t("templates.comparing.label", { choice })}
              />
            </section>
          );
        })}
      </div>
    </>
  );
}
