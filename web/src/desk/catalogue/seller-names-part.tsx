import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import type { SellerPartProps } from "./seller-form.tsx";

const LONGEST = 200;

/** What contracts say of the seller as a party. */
export function SellerNamesPart({ entries, disabled, faultOf, onChange }: SellerPartProps) {
  const { t } = useTranslation("desk");
  const { legalName, address, registrationNumber, contact } = entries;
  const text = { required: true, maxLength: LONGEST, pattern: ".*\\S.*", disabled };
  return (
    <fieldset className="form-part">
      <legend>{t("catalogue.sellers.party")}</legend>
      <TextField
        id="seller-name-zh"
        label={t("catalogue.sellers.nameZh")}
        hint={t("catalogue.sellers.nameHint")}
        fault={faultOf("legalName.zh-CN")}
        {...text}
        value={legalName["zh-CN"]}
        onChange={({ target }) => onChange({ legalName: { ...legalName, "zh-CN": target.value } })}
      />
      <TextField
        id="seller-name-en"
        label={t("catalogue.sellers.nameEn")}
        fault={faultOf("legalName.en")}
        {...text}
        value={legalName.en}
        onChange={({ target }) => onChange({ legalName: { ...legalName, en: target.value } })}
      />
      <div className="field-pair">
        <TextField
          id="seller-registration"
          label={t("catalogue.sellers.registrationNumber")}
          fault={faultOf("registrationNumber")}
          {...text}
          value={registrationNumber}
          onChange={({ target }) => onChange({ registrationNumber: target.value })}
        />
        <TextField
          id="seller-contact"
          label={t("catalogue.sellers.contact")}
          fault={faultOf("contact")}
          {...text}
          value={contact}
          onChange={({ target }) => onChange({ contact: target.value })}
        />
      </div>
      <TextField
        id="seller-address-zh"
        label={t("catalogue.sellers.addressZh")}
        fault={faultOf("address.zh-CN")}
        {...text}
        value={address["zh-CN"]}
        onChange={({ target }) => onChange({ address: { ...address, "zh-CN": target.value } })}
      />
      <TextField
        id="seller-address-en"
        label={t("catalogue.sellers.addressEn")}
        fault={faultOf("address.en")}
        {...text}
        value={address.en}
        onChange={({ target }) => onChange({ address: { ...address, en: target.value } })}
      />
    </fieldset>
  );
}
