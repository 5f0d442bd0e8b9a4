import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/session.ts";
import { readersZone } from "../format/moment.ts";

/** The zone of the seller whose system this is, for times that belong to no order; whoever reads them, they are the same. */
export function useHouseZone(): string {
  const { data: session } = useQuery(sessionQuery);
  return session?.timeZone ?? readersZone();
}
