import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import { SealLogoField } from "./seal-logo-field.tsx";
import type { SellerPartProps } from "./seller-form.tsx";

const MOST_DIGITS = 20;
/** Longer ones are told by the server, which knows how they are counted. */
const MOST_WRITTEN = 40;

/** How the seal looks on contracts from now on; those that there are keep theirs. */
export function SealPart({ entries: { seal }, disabled, faultOf, onChange }: SellerPartProps) {
  const { t } = useTranslation("desk");
  const set = (changes: Partial<typeof seal>) => onChange({ seal: { ...seal, ...changes } });
  const whole = faultOf("seal");
  return (
    <fieldset
      className="form-part"
      {...(whole && { tabIndex: -1, "data-fault": true, "aria-describedby": "seal-fault" })}
    >
      <legend>{t("catalogue.sellers.seal.heading")}</legend>
      <p className="soft small">{t("catalogue.sellers.seal.note")}</p>
      {whole && (
        <p id="seal-fault" className="field-fault">
          {whole}
        </p>
      )}
      <div className="field-pair">
        <TextField
          id="seal-number"
          label={t("catalogue.sellers.seal.number")}
          hint={t("catalogue.sellers.seal.numberHint")}
          fault={faultOf("seal.number")}
          inputMode="numeric"
          maxLength={MOST_DIGITS}
          value={seal.number}
          disabled={disabled}
          onChange={({ target }) => set({ number: target.value })}
        />
        <TextField
          id="seal-caption"
          label={t("catalogue.sellers.seal.caption")}
          hint={t("catalogue.sellers.seal.captionHint")}
          fault={faultOf("seal.caption")}
          maxLength={MOST_WRITTEN}
          value={seal.caption}
          disabled={disabled}
          onChange={({ target }) => set({ caption: target.value })}
        />
      </div>
      <SealLogoField
        logo={seal.logo}
        fault={faultOf("seal.logo")}
        disabled={disabled}
        onChange={(logo) => set({ logo })}
      />
      <label className="check-line">
        <input
          type="checkbox"
          checked={seal.riding}
          disabled={disabled}
          onChange={({ target }) => set({ riding: target.checked })}
        />
        <span>
          {t("catalogue.sellers.seal.riding")}
          <span className="soft small hint-below">{t("catalogue.sellers.seal.ridingHint")}</span>
        </span>
      </label>
    </fieldset>
  );
}
