import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { operations } from "./schema";

export type ApiKey = Awaited<ReturnType<typeof fetchApiKeys>>[number];
export type NewApiKey = NonNullable<operations["createApiKey"]["requestBody"]>["content"]["application/json"];
export type CreatedApiKey = Awaited<ReturnType<typeof createApiKey>>;

export const API_KEYS_KEY = ["api-keys"] as const;

export const apiKeysQuery = queryOptions({ queryKey: API_KEYS_KEY, queryFn: fetchApiKeys });

/** The answer bears the secret, which is in no other. */
export function createApiKey(key: NewApiKey, idempotencyKey: string) {
  return bodyOf(client.POST("/v1/api-keys", { body: key, headers: { "Idempotency-Key": idempotencyKey } }));
}

/** Ends it at once. */
export function revokeApiKey(key: string): Promise<void> {
  return agreed(client.DELETE("/v1/api-keys/{key}", { params: { path: { key } } }));
}

async function fetchApiKeys() {
  const { items } = await bodyOf(client.GET("/v1/api-keys"));
  return items;
}
