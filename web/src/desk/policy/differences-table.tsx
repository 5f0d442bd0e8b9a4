import { useTranslation } from "react-i18next";
import type { Rules } from "../../api/policy.ts";
import { FromTo } from "./from-to.tsx";
import { RuleTag } from "./rule-tag.tsx";
import { useRulesWords } from "./use-rules-words.ts";

/** What other rules say differently, each with how it was and how it would be. */
export function DifferencesTable({ before, after, caption }: { before: Rules; after: Rules; caption: string }) {
  const { t } = useTranslation("desk");
  const { differences } = useRulesWords();
  const changed = differences(before, after);
  if (changed.length === 0) return <p className="soft">{t("policy.sameRules")}</p>;
  return (
    <div className="table-card">
      <table className="table stacking labelled rule-differences">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("policy.column.setting")}</th>
            <th scope="col">{t("policy.column.change")}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ setting, rule, parts }) => (
            <tr key={setting}>
              <th scope="row">
                {t(`policy.setting.${setting}`)} <RuleTag rule={rule} />
              </th>
              <td>
                <ul className="difference-list">
                  {parts.map(({ name, from, to }) => (
                    <li key={name} className={name === "" ? "" : "difference-named"}>
                      {name !== "" && <span className="wrap">{name}</span>}
                      <FromTo from={<span className="was">{from}</span>} to={<span className="is">{to}</span>} />
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
