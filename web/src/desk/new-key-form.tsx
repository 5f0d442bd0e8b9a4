import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CreatedApiKey, NewApiKey } from "../api/api-keys.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TextField } from "../shell/text-field.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import type { useOnce } from "../shell/use-once.ts";
import { useRoleWords } from "../shell/use-role-words.ts";
import { CheckList } from "./check-list.tsx";
import { endOfKey, type KeyLife, KeyLifeField } from "./key-life-field.tsx";
import { ROLE_NOTES, STAFF_ROLES, type StaffRole } from "./role-notes.ts";
import { MACHINE_SCOPES, type MachineScope, SCOPE_WORDS } from "./scope-words.ts";

interface NewKeyFormProps {
  readonly creating: ReturnType<typeof useOnce<NewApiKey, CreatedApiKey>>;
  readonly onCancel: () => void;
}

const KINDS = ["machine", "staff"] as const;
const LONGEST_NAME = 100;

/** Whom the key is for, what it may do, and until when: nothing is ticked before somebody has thought of it. */
export function NewKeyForm({ creating, onCancel }: NewKeyFormProps) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const { language } = useLanguage();
  const roleName = useRoleWords();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("machine");
  const [scopes, setScopes] = useState<readonly MachineScope[]>([]);
  const [roles, setRoles] = useState<readonly StaffRole[]>([]);
  const [life, setLife] = useState<KeyLife>("90");
  const [tried, setTried] = useState(false);
  const chosen = kind === "machine" ? scopes : roles;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (chosen.length === 0) return;
    const expiresAt = endOfKey(life, zone);
    creating.mutate({
      name: name.trim(),
      ...(kind === "machine" ? { scopes: [...scopes] } : { roles: [...roles] }),
      ...(expiresAt !== null && { expiresAt }),
    });
  };
  const fault = tried && chosen.length === 0 ? t("newKey.choose") : null;
  return (
    <form className="request-form" onSubmit={submit}>
      <fieldset className="field" disabled={creating.isPending}>
        <legend>{t("newKey.kind")}</legend>
        <div className="radio-row">
          {KINDS.map((each) => (
            <label key={each} className="check-area">
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {t(`newKey.${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        id="new-key-name"
        label={t("newKey.name")}
        hint={t(kind === "machine" ? "newKey.nameHint" : "newKey.personHint")}
        required
        pattern=".*\S.*"
        maxLength={LONGEST_NAME}
        autoComplete="off"
        value={name}
        disabled={creating.isPending}
        onChange={({ target }) => setName(target.value)}
      />
      {kind === "machine" ? (
        <CheckList
          legend={t("newKey.scopes")}
          hint={t("newKey.scopesHint")}
          options={MACHINE_SCOPES.map((code) => ({ code, name: code, note: SCOPE_WORDS[code][language] }))}
          chosen={scopes}
          onChange={setScopes}
          fault={fault}
          disabled={creating.isPending}
        />
      ) : (
        <CheckList
          legend={t("newKey.roles")}
          options={STAFF_ROLES.map((code) => ({ code, name: roleName(code), note: ROLE_NOTES[code][language] }))}
          chosen={roles}
          onChange={setRoles}
          fault={fault}
          disabled={creating.isPending}
        />
      )}
      <KeyLifeField life={life} disabled={creating.isPending} onChange={setLife} />
      <div className="dialog-foot">
        {creating.isError && <ProblemPanel error={creating.error} />}
        <div className="dialog-actions">
          <Button onClick={onCancel}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={creating.isPending && { delay: 300 }}>
            {t("newKey.submit")}
          </Button>
        </div>
      </div>
    </form>
  );
}
