import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { draftPolicy, POLICY_KEY, type Rules } from "../../api/policy.ts";
import { productNamesQuery } from "../../api/product-names.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useFormFaults } from "../use-form-faults.ts";
import { BillsSettings } from "./bills-settings.tsx";
import { EligibilitySettings } from "./eligibility-settings.tsx";
import { entriesOfRules, type RulesEntries, rulesOfEntries } from "./rules-entries.ts";
import { SETTINGS, type SettingName } from "./settings.ts";
import { UnpaidSettings } from "./unpaid-settings.tsx";
import "../../shell/dialog.css";

interface PolicyFormProps {
  readonly rules: Rules;
  /** A product to be made self-service, or to be taken out. */
  readonly product: string | undefined;
  readonly onSaved: () => void;
}

/** A part of the form: what it shows, and what the server says of it. */
export interface SettingsProps {
  readonly entries: RulesEntries;
  /** Of the catalogue, by code. */
  readonly names: ReadonlyMap<string, string>;
  readonly field: (setting: SettingName) => {
    readonly setting: SettingName;
    readonly fault: string | undefined;
    readonly disabled: boolean;
  };
  readonly onChange: (changes: Partial<RulesEntries>) => void;
}

const FIELDS = SETTINGS.map(({ name }) => name);

/** Every setting of the rules; saved, they are a draft that binds nobody. */
export function PolicyForm({ rules, product, onSaved }: PolicyFormProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [entries, setEntries] = useState(() => withProduct(entriesOfRules(rules), product));
  const { data } = useQuery(productNamesQuery);
  const saving = useMutation({
    mutationFn: draftPolicy,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: POLICY_KEY });
      onSaved();
    },
  });
  const { form, faultOf, rest } = useFormFaults(saving.error, FIELDS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(rulesOfEntries(entries));
  };
  const part: SettingsProps = {
    entries,
    names: new Map([...(data ?? [])].map(([code, name]) => [code, name[language]])),
    field: (setting) => ({ setting, fault: faultOf(setting), disabled: saving.isPending }),
    onChange: (changes) => setEntries({ ...entries, ...changes }),
  };
  return (
    <form ref={form} className="card policy-form" onSubmit={submit}>
      <EligibilitySettings {...part} product={product} />
      <UnpaidSettings {...part} />
      <BillsSettings {...part} />
      <div className="policy-form-foot">
        {rest && <ProblemPanel error={rest} />}
        <p className="soft small">{t("policy.saveHint")}</p>
        <div className="dialog-actions">
          <Link className="button-link button-link-plain" to={PATHS.policy}>
            {t("cancel")}
          </Link>
          <Button type="primary" htmlType="submit" loading={saving.isPending && { delay: 300 }}>
            {t("policy.save")}
          </Button>
        </div>
      </div>
    </form>
  );
}

function withProduct(entries: RulesEntries, product: string | undefined): RulesEntries {
  const { products } = entries;
  if (product === undefined || products.some(({ code }) => code === product)) return entries;
  return { ...entries, products: [...products, { code: product, modes: [] }] };
}
