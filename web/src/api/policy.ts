import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type Rules = components["schemas"]["Policy"]["rules"];
export type PublishedPolicy = Awaited<ReturnType<typeof fetchVersions>>["items"][number];
/** Rules that somebody has written and nobody has published; there is one at a time, or none. */
export type PolicyDraft = NonNullable<Awaited<ReturnType<typeof fetchDraft>>>;
export type PolicyChanges = Awaited<ReturnType<typeof fetchChanges>>;

const PAGE_SIZE = 20;
/** How soon whoever has the page open sees what a colleague drafted or published. */
const LOOK_AGAIN_EVERY_MS = 20_000;

/** Whatever a publication changes of the rules themselves. */
export const POLICY_KEY = ["policy"] as const;

export const policyQuery = queryOptions({
  queryKey: [...POLICY_KEY, "current"],
  queryFn: () => bodyOf(client.GET("/v1/policy")),
  refetchInterval: LOOK_AGAIN_EVERY_MS,
});

/** A former version never changes. */
export function policyOfVersionQuery(version: number) {
  return queryOptions({
    queryKey: [...POLICY_KEY, "rules", version],
    queryFn: () => bodyOf(client.GET("/v1/policy", { params: { query: { version: String(version) } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function policyVersionsQuery(after: string) {
  return queryOptions({ queryKey: [...POLICY_KEY, "versions", after], queryFn: () => fetchVersions(after) });
}

export function policyVersionQuery(version: string) {
  return queryOptions({
    queryKey: [...POLICY_KEY, "version", version],
    queryFn: () => bodyOf(client.GET("/v1/policy/versions/{version}", { params: { path: { version } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const policyDraftQuery = queryOptions({
  queryKey: [...POLICY_KEY, "draft"],
  queryFn: fetchDraft,
  refetchInterval: LOOK_AGAIN_EVERY_MS,
});

/** Every order is decided twice for it, so it is asked once for a draft against a version. */
export function policyChangesQuery(draft: string, version: number) {
  return queryOptions({
    queryKey: ["policy-changes", draft, version],
    queryFn: fetchChanges,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function draftPolicy(rules: Rules) {
  return bodyOf(client.PUT("/v1/policy/draft", { body: rules }));
}

export function withdrawPolicyDraft(): Promise<void> {
  return agreed(client.DELETE("/v1/policy/draft"));
}

/** The draft that was looked over, and no other that took its place meanwhile. */
export function publishPolicy(draft: string, idempotencyKey: string) {
  const headers = { "Idempotency-Key": idempotencyKey };
  return bodyOf(client.POST("/v1/policy/draft/publish", { body: { draft }, headers }));
}

function fetchVersions(cursor: string) {
  const query = { limit: PAGE_SIZE, ...(cursor && { cursor }) };
  return bodyOf(client.GET("/v1/policy/versions", { params: { query } }));
}

async function fetchDraft() {
  const { items } = await bodyOf(client.GET("/v1/policy/drafts"));
  return items[0] ?? null;
}

function fetchChanges() {
  return bodyOf(client.GET("/v1/policy/draft/changes"));
}
