import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { sessionQuery } from "../api/session.ts";
import { AccountMenu } from "../shell/account-menu.tsx";
import { BuyerNavigation } from "../shell/buyer-navigation.tsx";
import { isEmbedded } from "../shell/embedding.ts";
import { Frame } from "../shell/frame.tsx";
import "./help.css";

/** Around the help, which anybody may read; who is signed in keeps the way back to the own pages. */
export function HelpFrame() {
  const { data: session } = useQuery(sessionQuery);
  const signedIn = session?.signedIn ? session : null;
  return (
    <Frame
      navigation={signedIn && <BuyerNavigation />}
      account={signedIn && !isEmbedded && <AccountMenu session={signedIn} />}
    >
      <div className="help">
        <Outlet />
      </div>
    </Frame>
  );
}
