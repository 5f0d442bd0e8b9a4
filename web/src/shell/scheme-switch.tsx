import { useTranslation } from "react-i18next";
import { useScheme } from "../theme/use-scheme.ts";
import { Icon } from "./icon.tsx";

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { scheme, choose } = useScheme();
  const other = scheme === "dark" ? "light" : "dark";
  const label = t(other === "dark" ? "theme.toDark" : "theme.toLight");
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => choose(other)}>
      <Icon name={other === "dark" ? "moon" : "sun"} size={18} />
    </button>
  );
}
