import { useTranslation } from "react-i18next";
import type { Rules } from "../../api/policy.ts";
import { RuleTag } from "./rule-tag.tsx";
import type { Said } from "./said.ts";
import { SETTING_GROUPS, SETTINGS } from "./settings.ts";
import { useRulesWords } from "./use-rules-words.ts";

/** Every setting in words, with the rule that it belongs to. */
export function RulesList({ rules }: { rules: Rules }) {
  const { t } = useTranslation("desk");
  const { say } = useRulesWords();
  return (
    <div className="rules-list">
      {SETTING_GROUPS.map((group) => (
        <section key={group} aria-labelledby={`rules-${group}`}>
          <h3 id={`rules-${group}`}>{t(`policy.group.${group}`)}</h3>
          <dl>
            {SETTINGS.filter((setting) => setting.group === group).map(({ name, rule }) => (
              <div key={name} className="rule">
                <dt>
                  {t(`policy.setting.${name}`)} <RuleTag rule={rule} />
                </dt>
                <dd>
                  <SaidText said={say[name](rules)} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function SaidText({ said: { entries, otherwise, isSet } }: { said: Said }) {
  const { t } = useTranslation("desk");
  const [first] = entries;
  if (first === undefined) return <span>{isSet ? t("policy.none") : otherwise}</span>;
  if (first.name === "") return <span>{first.text}</span>;
  return (
    <ul className={isSet ? "said-names" : "said-entries"}>
      {entries.map(({ code, name, text }) => (
        <li key={code}>
          <span>{name}</span>
          {!isSet && <span className="soft">{text}</span>}
        </li>
      ))}
    </ul>
  );
}
