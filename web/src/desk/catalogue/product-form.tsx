import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Product, type ProductBody, putProduct } from "../../api/catalogue.ts";
import { TextField } from "../../shell/text-field.tsx";
import { useFormFaults } from "../use-form-faults.ts";
import { EntryIdField } from "./entry-id-field.tsx";
import { FormFoot } from "./form-foot.tsx";
import { SelfServiceNote } from "./self-service-note.tsx";
import { useSaving } from "./use-saving.ts";

interface ProductFormProps {
  /** Null: one that there is not yet. */
  readonly product: Product | null;
  readonly onSaved: (name: string) => void;
}

const LONGEST = 200;

/** What a product is called; whether it is self-service is the rules' to say. */
export function ProductForm({ product, onSaved }: ProductFormProps) {
  const { t } = useTranslation("desk");
  const [code, setCode] = useState(product?.code ?? "");
  const [name, setName] = useState(product?.name ?? { "zh-CN": "", en: "" });
  const saving = useSaving(
    (body: ProductBody) => putProduct(code, body, product ? "replace" : "add"),
    () => onSaved(name["zh-CN"]),
  );
  const { form, faultOf, rest } = useFormFaults(saving.error, ["code", "name.zh-CN", "name.en"]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate({ name, selfService: [...(product?.selfService ?? [])] });
  };
  const text = { required: true, maxLength: LONGEST, pattern: ".*\\S.*", disabled: saving.isPending };
  return (
    <form ref={form} className="entry-form" onSubmit={submit}>
      {product === null && (
        <EntryIdField
          label={t("catalogue.products.column.code")}
          value={code}
          fault={faultOf("code")}
          disabled={saving.isPending}
          onChange={setCode}
        />
      )}
      <TextField
        id="product-name-zh"
        label={t("catalogue.products.nameZh")}
        hint={t("catalogue.products.nameHint")}
        fault={faultOf("name.zh-CN")}
        {...text}
        value={name["zh-CN"]}
        onChange={({ target }) => setName({ ...name, "zh-CN": target.value })}
      />
      <TextField
        id="product-name-en"
        label={t("catalogue.products.nameEn")}
        fault={faultOf("name.en")}
        {...text}
        value={name.en}
        onChange={({ target }) => setName({ ...name, en: target.value })}
      />
      <SelfServiceNote product={product} />
      <FormFoot error={rest} isPending={saving.isPending} />
    </form>
  );
}
