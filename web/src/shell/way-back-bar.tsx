import { useTranslation } from "react-i18next";
import type { WayBack } from "../api/way-back.ts";
import { Icon } from "./icon.tsx";

/** The way to the seller's own pages, above all else, as wide as a phone allows. */
export function WayBackBar({ wayBack: { url, host } }: { wayBack: WayBack }) {
  const { t } = useTranslation();
  return (
    <div className="way-back-bar">
      <a href={url}>
        <Icon name="back" size={14} /> {t("wayBack.link", { host })}
      </a>
    </div>
  );
}
