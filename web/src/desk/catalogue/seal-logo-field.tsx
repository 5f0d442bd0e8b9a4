import { useTranslation } from "react-i18next";

interface SealLogoFieldProps {
  readonly logo: string;
  readonly fault: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (logo: string) => void;
}

const LONGEST = 20_000;
const STAR = "M50 5L61.2 38.6L96.6 38.6L68 59.5L78.8 93.1L50 72.4L21.2 93.1L32 59.5L3.4 38.6L38.8 38.6Z";

/** The outline in the middle of the seal as path data, and what it draws. */
export function SealLogoField({ logo, fault, disabled, onChange }: SealLogoFieldProps) {
  const { t } = useTranslation("desk");
  return (
    <div className="logo-field">
      <div className="field">
        <label htmlFor="seal-logo">{t("catalogue.sellers.seal.logo")}</label>
        <textarea
          id="seal-logo"
          rows={4}
          className="text-input text-area code"
          maxLength={LONGEST}
          spellCheck={false}
          value={logo}
          disabled={disabled}
          {...(fault && { "aria-invalid": true })}
          aria-describedby={fault ? "seal-logo-fault seal-logo-hint" : "seal-logo-hint"}
          onChange={({ target }) => onChange(target.value)}
        />
        {fault && (
          <p id="seal-logo-fault" className="field-fault">
            {fault}
          </p>
        )}
        <p id="seal-logo-hint" className="soft small">
          {t("catalogue.sellers.seal.logoHint")}
        </p>
      </div>
      <svg className="logo-shown" viewBox="0 0 100 100" role="img" aria-label={t("catalogue.sellers.seal.logoShown")}>
        <path d={isPath(logo) ? logo : STAR} fill="currentColor" />
      </svg>
    </div>
  );
}

/** What is half written draws nothing yet, and the browser would complain of it. */
function isPath(logo: string): boolean {
  return /^\s*[Mm][\d\s,.MLHVCSQZmlhvcsqz+-]*[\dZz]\s*$/.test(logo);
}
