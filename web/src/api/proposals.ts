import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components } from "./schema";

/** What one person has proposed and another must decide. */
export type Proposal = components["schemas"]["Proposal"];
export type ProposalState = Proposal["state"];
export type Verdict = "approve" | "reject" | "withdraw";

export const PROPOSAL_STATES = [
  "open",
  "approved",
  "rejected",
  "withdrawn",
] as const satisfies readonly ProposalState[];

const PAGE_SIZE = 30;
/** How soon what the other person did is seen by whoever has the list open. */
const LOOK_AGAIN_EVERY_MS = 20_000;

export const PROPOSALS_KEY = ["proposals"] as const;

export function proposalsQuery(state: ProposalState, after: string) {
  return queryOptions({
    queryKey: [...PROPOSALS_KEY, state, after],
    queryFn: () => {
      const query = { state, limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/proposals", { params: { query } }));
    },
    refetchInterval: state === "open" ? LOOK_AGAIN_EVERY_MS : false,
  });
}

/** Decides a proposal, or takes an own one back. What was approved is done at once; asked twice, the second is refused. */
export function decideProposal(proposal: string, verdict: Verdict): Promise<void> {
  const request = { params: { path: { proposal } } };
  switch (verdict) {
    case "approve":
      return agreed(client.POST("/v1/proposals/{proposal}/approve", request));
    case "reject":
      return agreed(client.POST("/v1/proposals/{proposal}/reject", request));
    case "withdraw":
      return agreed(client.POST("/v1/proposals/{proposal}/withdraw", request));
  }
}
