import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { components } from "./schema";

/** What waits at the desk; parts that the reader may not see are null. */
export type Today = components["schemas"]["Today"];
export type WaitingTickets = NonNullable<Today["tickets"]>[number];
export type EndingHold = NonNullable<Today["holds"]>["first"][number];
export type UnsealedContract = NonNullable<Today["sealing"]>["stuck"]["first"][number];
export type Refusals = NonNullable<Today["refusals"]>;
export type TroubledEndpoint = NonNullable<Today["webhooks"]>["troubled"][number];

const LOOK_AGAIN_EVERY_MS = 30_000;

/** Looked at again by itself, for a page that stays open all day. */
export function todayQuery(language: string) {
  return queryOptions({
    // Reasons come in the reader's words.
    queryKey: ["today", language],
    queryFn: () => bodyOf(client.GET("/v1/desk/today")),
    refetchInterval: LOOK_AGAIN_EVERY_MS,
  });
}
