import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { AccountMenu } from "../shell/account-menu.tsx";
import { Frame } from "../shell/frame.tsx";
import { useMay } from "../shell/use-may.ts";
import { addDeskTexts } from "./add-desk-texts.ts";
import { DESK_AREAS, SHARED_AREAS } from "./desk-areas.ts";
import "../shell/table.css";
import "../shell/table-on-a-phone.css";
import "./desk.css";

addDeskTexts();

/** Header of the seller's people around their pages. A session that ends meanwhile sends the route through its guard. */
export function DeskFrame() {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const ended = session?.signedIn === false;
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
  return (
    <Frame navigation={<DeskNavigation />} account={session?.signedIn && <AccountMenu session={session} />}>
      <Outlet />
    </Frame>
  );
}

/** Only what whoever is signed in can open. */
function DeskNavigation() {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const may = useMay();
  return (
    <>
      <Link to={PATHS.desk} activeOptions={{ exact: true }}>
        {t("nav.home")}
      </Link>
      {DESK_AREAS.filter(({ takes }) => may(takes)).map(({ name, to }) => (
        <Link key={name} to={to}>
          {t(`nav.${name}`)}
        </Link>
      ))}
      {SHARED_AREAS.filter(({ takes }) => may(takes)).map(({ name, to }) => (
        <Link key={name} to={to}>
          {inConsole(`nav.${name}`)}
        </Link>
      ))}
    </>
  );
}
