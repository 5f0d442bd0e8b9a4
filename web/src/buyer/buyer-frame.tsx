import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { Frame } from "../shell/frame.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { AccountMenu } from "./account-menu.tsx";
import "./buyer.css";

/** Header of the signed-in buyer around the page; who is not signed in is sent to do so, and back here after. */
export function BuyerFrame() {
  const session = useQuery(sessionQuery);
  const { href } = useLocation();
  if (session.isPending) return <Frame>{null}</Frame>;
  if (session.isError) {
    return (
      <Frame>
        <ProblemPanel error={session.error} onRetry={() => void session.refetch()} />
      </Frame>
    );
  }
  if (!session.data.signedIn || !session.data.account) {
    return <Navigate to={PATHS.signIn} search={{ next: href }} replace />;
  }
  return (
    <Frame navigation={<BuyerNavigation />} account={<AccountMenu account={session.data.account} />}>
      <Outlet />
    </Frame>
  );
}

function BuyerNavigation() {
  const { t } = useTranslation();
  return (
    <>
      <Link to={PATHS.orders}>{t("nav.orders")}</Link>
      <Link to={PATHS.contracts}>{t("nav.contracts")}</Link>
      <Link to={PATHS.verify}>{t("nav.verify")}</Link>
    </>
  );
}
