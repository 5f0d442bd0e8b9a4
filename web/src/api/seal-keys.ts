import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { components } from "./schema";

/** A seller's seal keys, and until when they let it go on sealing. */
export type SellerKeys = components["schemas"]["SellerKeys"];
export type SealKey = SellerKeys["keys"][number];
export type SealingOutlook = Omit<SellerKeys, "keys">;

export const sealKeysQuery = queryOptions({
  queryKey: ["seal-keys"],
  queryFn: async () => (await bodyOf(client.GET("/v1/seal-keys"))).items,
});
