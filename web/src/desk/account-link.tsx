import { Link } from "@tanstack/react-router";
import { PATHS } from "../paths.ts";

export function AccountLink({ account }: { account: string }) {
  return (
    <Link className="wrap" to={PATHS.account} params={{ account }}>
      {account}
    </Link>
  );
}
