import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { sessionQuery } from "../api/session.ts";
import { wayBackTo } from "../api/way-back.ts";
import { AccountMenu } from "../shell/account-menu.tsx";
import { BuyerNavigation } from "../shell/buyer-navigation.tsx";
import { isEmbedded } from "../shell/embedding.ts";
import { Frame } from "../shell/frame.tsx";
import { WayBackBar } from "../shell/way-back-bar.tsx";
import { RequestDialogHost } from "./request-dialog-host.tsx";
import { TicketDialogHost } from "./ticket-dialog-host.tsx";
import { ViewingOnly } from "./viewing-only.tsx";
import "../shell/table.css";
import "../shell/table-on-a-phone.css";
import "./decision.css";

/** Header of the signed-in buyer around the page. A session that ends meanwhile sends the route through its guard. */
export function BuyerFrame() {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const ended = session?.signedIn === false;
  const wayBack = wayBackTo(session?.returnUrl ?? null);
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
  return (
    <Frame
      navigation={<BuyerNavigation />}
      wayBack={wayBack && !isEmbedded && <WayBackBar wayBack={wayBack} />}
      account={session?.signedIn && !isEmbedded && <AccountMenu session={session} />}
    >
      {session?.signedIn && <ViewingOnly session={session} />}
      <TicketDialogHost>
        <RequestDialogHost>
          <Outlet />
        </RequestDialogHost>
      </TicketDialogHost>
    </Frame>
  );
}
