import { useTranslation } from "react-i18next";
import type { WayBack } from "../api/way-back.ts";
import { isEmbedded } from "./embedding.ts";
import { Icon } from "./icon.tsx";

/** The session of somebody who came through the seller's pages is over: only those let them in again. */
export function WayBackPanel({ wayBack: { url, host } }: { wayBack: WayBack }) {
  const { t } = useTranslation();
  return (
    <section className="notice-panel" aria-labelledby="way-back">
      <Icon name="clock" size={22} />
      <div>
        <h2 id="way-back">{t("wayBack.title")}</h2>
        <p>{t("wayBack.text", { host })}</p>
        <p>
          {/* Within a frame it is the page around it that lets in. */}
          <a href={url} {...(isEmbedded && { target: "_top" })}>
            {t("wayBack.link", { host })} <Icon name="arrow" size={14} />
          </a>
        </p>
      </div>
    </section>
  );
}
