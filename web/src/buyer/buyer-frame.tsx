import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { Frame } from "../shell/frame.tsx";
import { AccountMenu } from "./account-menu.tsx";
import "./table.css";
import "./table-on-a-phone.css";
import "./decision.css";

/** Header of the signed-in buyer around the page. A session that ends meanwhile sends the route through its guard. */
export function BuyerFrame() {
  const { t } = useTranslation();
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const ended = session?.signedIn === false;
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
  const navigation = (
    <>
      <Link to={PATHS.orders}>{t("nav.orders")}</Link>
      <Link to={PATHS.contracts}>{t("nav.contracts")}</Link>
      <Link to={PATHS.verify}>{t("nav.verify")}</Link>
    </>
  );
  return (
    <Frame navigation={navigation} account={session?.account && <AccountMenu account={session.account} />}>
      <Outlet />
    </Frame>
  );
}
