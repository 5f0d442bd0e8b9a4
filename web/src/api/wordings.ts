import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type Wording = components["schemas"]["Wording"]["wording"];
export type ClauseWords = Wording["replaced"][string];
export type AddedClause = Wording["added"][number];
export type WordingStatus = Awaited<ReturnType<typeof fetchStatus>>;

/** As a preview takes it: in force, the open draft, or a version as a number; "0" is the library's own words. */
export type WordingChoice = "in_force" | "draft" | `${number}`;

const PAGE_SIZE = 30;
/** How soon what a colleague did is seen by whoever has the page open. */
const LOOK_AGAIN_EVERY_MS = 20_000;

export const WORDINGS_KEY = ["wordings"] as const;

export function wordingsQuery(after: string) {
  return queryOptions({
    queryKey: [...WORDINGS_KEY, "list", after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/wordings", { params: { query } }));
    },
  });
}

export function wordingStatusQuery(seller: string) {
  return queryOptions({
    queryKey: [...WORDINGS_KEY, "status", seller],
    queryFn: () => fetchStatus(seller),
    refetchInterval: LOOK_AGAIN_EVERY_MS,
  });
}

export function wordingVersionsQuery(seller: string, after: string) {
  return queryOptions({
    queryKey: [...WORDINGS_KEY, "versions", seller, after],
    queryFn: () => fetchVersions(seller, after),
  });
}

/**
 * The words that a choice stands for. `name` tells one draft or version from the next, and the words of one never change:
 * they are not asked for again when something is published or withdrawn, least of all those of a draft that is gone.
 */
export function wordingQuery(seller: string, choice: WordingChoice, name: string) {
  return queryOptions({
    queryKey: ["wording-words", seller, choice, name],
    queryFn: () => fetchWording(seller, choice),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Replaces the open draft. */
export function draftWording(seller: string, wording: Wording) {
  return bodyOf(client.PUT("/v1/sellers/{seller}/wording/draft", { params: { path: { seller } }, body: wording }));
}

export function withdrawWording(seller: string): Promise<void> {
  return agreed(client.DELETE("/v1/sellers/{seller}/wording/draft", { params: { path: { seller } } }));
}

/** Publishes the draft that was looked over, and no other that has replaced it meanwhile. */
export function publishWording(seller: string, draft: string, idempotencyKey: string) {
  const headers = { "Idempotency-Key": idempotencyKey };
  const request = { params: { path: { seller } }, headers, body: { draft } };
  return bodyOf(client.POST("/v1/sellers/{seller}/wording/draft/publish", request));
}

const LIBRARY_WORDS: Wording = { replaced: {}, omitted: [], added: [] };

async function fetchWording(seller: string, choice: WordingChoice): Promise<Wording> {
  const path = { seller };
  if (choice === "0") return LIBRARY_WORDS;
  if (choice === "draft") {
    return (await bodyOf(client.GET("/v1/sellers/{seller}/wording/draft", { params: { path } }))).wording;
  }
  const query = choice === "in_force" ? {} : { version: choice };
  return (await bodyOf(client.GET("/v1/sellers/{seller}/wording", { params: { path, query } }))).wording;
}

function fetchStatus(seller: string) {
  return bodyOf(client.GET("/v1/wordings/{seller}", { params: { path: { seller } } }));
}

function fetchVersions(seller: string, after: string) {
  const query = { limit: PAGE_SIZE, ...(after && { cursor: after }) };
  return bodyOf(client.GET("/v1/sellers/{seller}/wording/versions", { params: { path: { seller }, query } }));
}
