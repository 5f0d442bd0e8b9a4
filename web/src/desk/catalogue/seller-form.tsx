import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { putSeller, type Seller, type SellerBody } from "../../api/catalogue.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useFormFaults } from "../use-form-faults.ts";
import { EntryIdField } from "./entry-id-field.tsx";
import { FormFoot } from "./form-foot.tsx";
import { SealPart } from "./seal-part.tsx";
import { SealingPart } from "./sealing-part.tsx";
import { bodyOfEntries, entriesOf, type SellerEntries } from "./seller-entries.ts";
import { SellerNamesPart } from "./seller-names-part.tsx";
import { useSaving } from "./use-saving.ts";

interface SellerFormProps {
  /** Null: one that there is not yet. */
  readonly seller: Seller | null;
  readonly onSaved: (name: string) => void;
}

/** A part of the form: what it shows, and what the server says of it. */
export interface SellerPartProps {
  readonly entries: SellerEntries;
  readonly disabled: boolean;
  readonly faultOf: (field: string) => string | undefined;
  readonly onChange: (changes: Partial<SellerEntries>) => void;
}

const FIELDS = [
  ...["seller", "legalName.zh-CN", "legalName.en", "registrationNumber", "address.zh-CN", "address.en", "contact"],
  ...["numberPrefix", "timeZone", "quotaLeft", "seal", "seal.number", "seal.caption", "seal.logo"],
];

/** Who sells and seals: what its contracts say of it, how they are numbered, and how its seal looks. */
export function SellerForm({ seller, onSaved }: SellerFormProps) {
  const { t } = useTranslation("desk");
  const houseZone = useHouseZone();
  const [id, setId] = useState(seller?.seller ?? "");
  const [entries, setEntries] = useState(() => entriesOf(seller, houseZone));
  const saving = useSaving(
    (body: SellerBody) => putSeller(id, body, seller ? "replace" : "add"),
    () => onSaved(entries.legalName["zh-CN"]),
  );
  const { form, faultOf, rest } = useFormFaults(saving.error, FIELDS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(bodyOfEntries(entries, seller));
  };
  const part: SellerPartProps = {
    ...{ entries, faultOf, disabled: saving.isPending },
    onChange: (changes) => setEntries({ ...entries, ...changes }),
  };
  return (
    <form ref={form} className="entry-form" onSubmit={submit}>
      {seller === null && (
        <EntryIdField
          label={t("catalogue.sellers.id")}
          value={id}
          fault={faultOf("seller")}
          disabled={saving.isPending}
          onChange={setId}
        />
      )}
      <SellerNamesPart {...part} />
      <SealingPart {...part} />
      <SealPart {...part} />
      <FormFoot error={rest} isPending={saving.isPending} />
    </form>
  );
}
