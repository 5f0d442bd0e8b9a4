import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Partner, type PartnerBody, putPartner } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { TextField } from "../../shell/text-field.tsx";
import { useFormFaults } from "../use-form-faults.ts";
import { isPartnerKind, PARTNER_KIND_WORDS, PARTNER_KINDS } from "./catalogue-words.ts";
import { EntryIdField } from "./entry-id-field.tsx";
import { FormFoot } from "./form-foot.tsx";
import { useSaving } from "./use-saving.ts";

interface PartnerFormProps {
  /** Null: one that there is not yet. */
  readonly partner: Partner | null;
  readonly onSaved: (name: string) => void;
}

const LONGEST = 200;

/** Whom buyers are sent to by name and contact, in place of a contract (R19). */
export function PartnerForm({ partner, onSaved }: PartnerFormProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const [id, setId] = useState(partner?.partner ?? "");
  const [kind, setKind] = useState(partner?.kind ?? "distribution");
  const [name, setName] = useState(partner?.name ?? "");
  const [contact, setContact] = useState(partner?.contact ?? "");
  const saving = useSaving(
    (body: PartnerBody) => putPartner(id, body, partner ? "replace" : "add"),
    () => onSaved(name),
  );
  const { form, faultOf, rest } = useFormFaults(saving.error, ["partner", "name", "contact"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ kind, name: name.trim(), contact: contact.trim() });
  };
  const text = { required: true, maxLength: LONGEST, pattern: ".*\\S.*", disabled: saving.isPending };
  return (
    <form ref={form} className="entry-form" onSubmit={submit}>
      {partner === null && (
        <EntryIdField
          label={t("catalogue.partners.id")}
          value={id}
          fault={faultOf("partner")}
          disabled={saving.isPending}
          onChange={setId}
        />
      )}
      <TextField
        id="partner-name"
        label={t("catalogue.partners.column.name")}
        fault={faultOf("name")}
        {...text}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="field">
        <label htmlFor="partner-kind">{t("catalogue.partners.column.kind")}</label>
        <select
          id="partner-kind"
          className="text-input"
          value={kind}
          disabled={saving.isPending}
          aria-describedby="partner-kind-hint"
          onChange={({ target }) => setKind(isPartnerKind(target.value) ? target.value : kind)}
        >
          {PARTNER_KINDS.map((each) => (
            <option key={each} value={each}>
              {PARTNER_KIND_WORDS[each][language]}
            </option>
          ))}
        </select>
        <p id="partner-kind-hint" className="soft small">
          {t("catalogue.partners.kindHint")}
        </p>
      </div>
      <TextField
        id="partner-contact"
        label={t("catalogue.partners.column.contact")}
        hint={t("catalogue.partners.contactHint")}
        fault={faultOf("contact")}
        {...text}
        value={contact}
        onChange={({ target }) => setContact(target.value)}
      />
      <FormFoot error={rest} isPending={saving.isPending} />
    </form>
  );
}
