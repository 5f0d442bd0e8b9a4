import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import { newIdempotencyKey } from "./idempotency-key.ts";

/** The accounts that a demonstration offers to sign in as; exists in demo mode only. */
export const demoAccountsQuery = queryOptions({ queryKey: ["demo-accounts"], queryFn: fetchDemoAccounts });

export function signInAsDemoAccount(account: string): Promise<void> {
  return agreed(
    client.POST("/v1/demo/sessions", { body: { account }, headers: { "Idempotency-Key": newIdempotencyKey() } }),
  );
}

async function fetchDemoAccounts() {
  const { items } = await bodyOf(client.GET("/v1/demo/accounts"));
  return items;
}
