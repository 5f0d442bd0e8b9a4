import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { BuyerNavigation } from "../shell/buyer-navigation.tsx";
import { Frame } from "../shell/frame.tsx";
import { HelpLink } from "../shell/help-link.tsx";
import "./verify.css";

/** The way back to the orders is offered only to who has some: most visitors hold a contract and no account. */
export function VerifyFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  const navigation = session.data?.signedIn ? <BuyerNavigation /> : <Link to={PATHS.verify}>{t("nav.verify")}</Link>;
  return (
    <Frame navigation={navigation}>
      <div className="verify">
        <h1>{t("verify.heading")}</h1>
        <p className="lead">
          {t("verify.lead")} <HelpLink topic="genuine" />
        </p>
        {children}
      </div>
    </Frame>
  );
}
