import { bodyOf, client } from "./client.ts";
import { type Contract, type RequestDetails, sealed } from "./contracts.ts";
import type { Problem } from "./problem-error.ts";

/** As many orders, or files, as the API takes in one call. */
export const MOST_AT_ONCE = 100;

/** What came of one order of several. */
export type BatchResult =
  | { readonly order: string; readonly contract: Contract }
  | { readonly order: string; readonly contract: null; readonly problem: Problem | null };

/** Requests one contract for each order and waits until all are sealed; a refusal holds nothing else up (R23). */
export async function requestContracts(
  orders: readonly string[],
  details: RequestDetails,
  idempotencyKey: string,
): Promise<readonly BatchResult[]> {
  const request = { body: { ...details, orders: [...orders] }, headers: { "Idempotency-Key": idempotencyKey } };
  const { items } = await bodyOf(client.POST("/v1/contracts:batch", request));
  return Promise.all(
    items.map(async ({ order, contract, problem }) =>
      contract ? { order, contract: await sealed(contract) } : { order, contract, problem },
    ),
  );
}

/** One zip of the sealed files, each under its number (R23). */
export function fetchZip(numbers: readonly string[]): Promise<Blob> {
  return bodyOf(client.POST("/v1/contracts:download", { body: { contracts: [...numbers] }, parseAs: "blob" }));
}
