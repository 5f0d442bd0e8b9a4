import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { sessionQuery } from "../api/session.ts";
import { BuyerNavigation } from "../shell/buyer-navigation.tsx";
import { Frame } from "../shell/frame.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { RequestDialogHost } from "./request-dialog-host.tsx";
import { TicketDialogHost } from "./ticket-dialog-host.tsx";
import "./table.css";
import "./table-on-a-phone.css";
import "./decision.css";

/** Header of the signed-in buyer around the page. A session that ends meanwhile sends the route through its guard. */
export function BuyerFrame() {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const ended = session?.signedIn === false;
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
  return (
    <Frame navigation={<BuyerNavigation />} account={session?.signedIn && <AccountMenu session={session} />}>
      <TicketDialogHost>
        <RequestDialogHost>
          <Outlet />
        </RequestDialogHost>
      </TicketDialogHost>
    </Frame>
  );
}
