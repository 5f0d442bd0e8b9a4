import { useQuery } from "@tanstack/react-query";
import { type Permission, sessionQuery } from "../api/session.ts";

/** What whoever is signed in may do, so that no page offers what would be refused; the service asks again. */
export function useMay(): (permission: Permission) => boolean {
  const { data: session } = useQuery(sessionQuery);
  return (permission) => session?.permissions.includes(permission) ?? false;
}
