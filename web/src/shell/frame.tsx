import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { SealLogo } from "./seal-logo.tsx";

interface FrameProps {
  /** Links of the area, inside the main navigation. */
  readonly navigation?: ReactNode;
  /** Who is signed in, and the way out. */
  readonly account?: ReactNode;
  readonly children: ReactNode;
}

/** Header and main region of every page. */
export function Frame({ navigation, account, children }: FrameProps) {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip-link" href="#main">
        {t("nav.skip")}
      </a>
      <header className="header">
        <div className="header-inside">
          <Link to={PATHS.home} className="brand">
            <SealLogo />
            <span>Orderseal</span>
          </Link>
          {navigation && (
            <nav className="navigation" aria-label={t("nav.label")}>
              {navigation}
            </nav>
          )}
          <div className="header-tools">
            <LanguageSwitch />
            <SchemeSwitch />
            {account}
          </div>
        </div>
      </header>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
