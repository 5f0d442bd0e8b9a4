import { useTranslation } from "react-i18next";
import type { ApiKey } from "../api/api-keys.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useRoleWords } from "../shell/use-role-words.ts";
import { MACHINE_SCOPES, SCOPE_WORDS } from "./scope-words.ts";
import { wordFor } from "./words.ts";

const FEW = 3;

/** What a key lets its holder do: in words where it is little, else behind their number. */
export function KeyScopes({ apiKey: { kind, roles, scopes } }: { apiKey: ApiKey }) {
  const { t } = useTranslation("desk");
  const roleName = useRoleWords();
  return (
    <div>
      {kind === "staff" && <span>{roles.map(roleName).join(" · ")}</span>}
      {scopes === null && <span className="soft small">{t("keys.allOfRoles")}</span>}
      {scopes !== null && <ScopeList scopes={scopes} all={kind === "machine"} />}
    </div>
  );
}

function ScopeList({ scopes, all }: { scopes: readonly string[]; all: boolean }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  if (all && MACHINE_SCOPES.every((scope) => scopes.includes(scope))) return <span>{t("keys.allScopes")}</span>;
  const list = (
    <ul className="scope-list">
      {scopes.map((scope) => (
        <li key={scope}>{wordFor(SCOPE_WORDS, scope, language)}</li>
      ))}
    </ul>
  );
  if (scopes.length <= FEW) return list;
  return (
    <details>
      <summary>{t("keys.scopes", { count: scopes.length })}</summary>
      {list}
    </details>
  );
}
