import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { isEmbedded } from "./embedding.ts";
import { Icon } from "./icon.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { SealLogo } from "./seal-logo.tsx";

interface FrameProps {
  /** Links of the area, inside the main navigation. */
  readonly navigation?: ReactNode;
  /** Navigation of an area with many pages, beside the main region. */
  readonly side?: ReactNode;
  /** The way to the seller's own pages, above the header. */
  readonly wayBack?: ReactNode;
  /** Who is signed in, and the way out. */
  readonly account?: ReactNode;
  readonly children: ReactNode;
}

/** Header and main region of every page. Within a frame of the seller's, which says whose it is, the header is slim. */
export function Frame({ navigation, side, wayBack, account, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip-link" href="#main">
        {t("nav.skip")}
      </a>
      <header className={["header", isEmbedded && "header-slim", side && "header-wide"].filter(Boolean).join(" ")}>
        {wayBack}
        <div className="header-inside">
          {!isEmbedded && (
            <Link to={PATHS.home} className="brand">
              <SealLogo />
              <span>Orderseal</span>
            </Link>
          )}
          {navigation && (
            <nav className="navigation" aria-label={t("nav.label")}>
              {navigation}
            </nav>
          )}
          <div className="header-tools">
            <Link to={PATHS.help} className="icon-button" aria-label={t("nav.help")} title={t("nav.help")}>
              <Icon name="help" size={18} />
            </Link>
            <LanguageSwitch />
            {!isEmbedded && <SchemeSwitch />}
            {account}
          </div>
        </div>
      </header>
      <div className={side ? "with-side" : "without-side"}>
        {side}
        <main id="main" className="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
