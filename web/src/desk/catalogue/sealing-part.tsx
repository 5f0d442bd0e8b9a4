import { useTranslation } from "react-i18next";
import { TextField } from "../../shell/text-field.tsx";
import type { SellerPartProps } from "./seller-form.tsx";

const MOST = 1_000_000_000;

/** How the seller's contracts are numbered and timed, and whether there may be more of them (R18). */
export function SealingPart({ entries, disabled, faultOf, onChange }: SellerPartProps) {
  const { t } = useTranslation("desk");
  const { numberPrefix, timeZone, active, counted, quota } = entries;
  return (
    <fieldset className="form-part">
      <legend>{t("catalogue.sellers.issuing")}</legend>
      <div className="field-pair">
        <TextField
          id="seller-prefix"
          label={t("catalogue.sellers.column.prefix")}
          hint={t("catalogue.sellers.prefixHint")}
          fault={faultOf("numberPrefix")}
          required
          maxLength={8}
          autoComplete="off"
          spellCheck={false}
          value={numberPrefix}
          disabled={disabled}
          onChange={({ target }) => onChange({ numberPrefix: target.value })}
        />
        <TextField
          id="seller-zone"
          label={t("catalogue.sellers.column.zone")}
          hint={t("catalogue.sellers.zoneHint")}
          fault={faultOf("timeZone")}
          required
          list="seller-zones"
          autoComplete="off"
          spellCheck={false}
          value={timeZone}
          disabled={disabled}
          onChange={({ target }) => onChange({ timeZone: target.value })}
        />
        <datalist id="seller-zones">
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <label className="check-line">
        <input
          type="checkbox"
          checked={active}
          disabled={disabled}
          aria-describedby="seller-active-hint"
          onChange={({ target }) => onChange({ active: target.checked })}
        />
        <span>
          {t("catalogue.sellers.active")}
          <span id="seller-active-hint" className="soft small hint-below">
            {t("catalogue.sellers.activeHint")}
          </span>
        </span>
      </label>
      <label className="check-line">
        <input
          type="checkbox"
          checked={counted}
          disabled={disabled}
          onChange={({ target }) => onChange({ counted: target.checked })}
        />
        <span>{t("catalogue.sellers.counted")}</span>
      </label>
      {counted && (
        <TextField
          id="seller-quota"
          label={t("catalogue.sellers.column.quota")}
          hint={t("catalogue.sellers.quotaHint")}
          fault={faultOf("quotaLeft")}
          type="number"
          min={0}
          max={MOST}
          step={1}
          required
          value={quota}
          disabled={disabled}
          onChange={({ target }) => onChange({ quota: target.value })}
        />
      )}
    </fieldset>
  );
}
