import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import { POLICY_KEY } from "./policy.ts";

/** What the rules in force say of voiding: what one person may void alone, and whether the order is free again afterwards. */
export const voidingRulesQuery = queryOptions({
  queryKey: [...POLICY_KEY, "voiding"],
  queryFn: async () => {
    const { rules } = await bodyOf(client.GET("/v1/policy"));
    return { voidAlone: rules.voidAlone ?? null, reissueAfterVoid: rules.reissueAfterVoid };
  },
});

/** Voids it (R22), or proposes to where that takes two persons. */
export async function voidContract(
  number: string,
  reason: string,
  idempotencyKey: string,
): Promise<"voided" | "proposed"> {
  const request = { params: { path: { number } }, headers: { "Idempotency-Key": idempotencyKey }, body: { reason } };
  const answer = await bodyOf(client.POST("/v1/contracts/{number}/void", request));
  return "standing" in answer ? "voided" : "proposed";
}
