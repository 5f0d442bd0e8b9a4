import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { sessionQuery } from "../api/session.ts";
import { RequestDialogHost } from "../buyer/request-dialog-host.tsx";
import { TicketDialogHost } from "../buyer/ticket-dialog-host.tsx";
import { AccountMenu } from "../shell/account-menu.tsx";
import { Frame } from "../shell/frame.tsx";
import { addDeskTexts } from "./add-desk-texts.ts";
import { DeskNavigation } from "./desk-navigation.tsx";
import "../shell/table.css";
import "../shell/table-on-a-phone.css";
import "../buyer/decision.css";
import "./desk.css";
import "./desk-things.css";

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
    <Frame side={<DeskNavigation />} account={session?.signedIn && <AccountMenu session={session} />}>
      <TicketDialogHost>
        <RequestDialogHost>
          <Outlet />
        </RequestDialogHost>
      </TicketDialogHost>
    </Frame>
  );
}
