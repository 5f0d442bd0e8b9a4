import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "../api/account-lookup.ts";
import { sessionQuery } from "../api/session.ts";

/** The verified name of the buyer, as the contract will have it (R6): the reader's own, or of the account that they act for. */
export function useLegalName(account: string): string | null {
  const { data: session } = useQuery(sessionQuery);
  const { data: other } = useQuery({ ...accountQuery(account), enabled: session?.staff != null });
  if (session?.account) return session.account.legalName;
  return other?.identity.state === "verified" ? other.identity.legalName : null;
}
