import { bodyOf, client } from "./client.ts";
import { type Contract, type RequestDetails, sealed } from "./contracts.ts";
import type { Problem } from "./problem-error.ts";

/** As many orders, or files, as the API takes in one call. */
export const MOST_AT_ONCE = 100;

/** What came of one order of several. */
export type BatchResult =
  | { readonly order: string; readonly contract: Contract }
  | { readonly order: string; readonly contract: null; readonly problem: Problem | null };

/** So few at a time that whoever waits sees it go on. */
const PART = 5;

/**
 * Requests one contract for each order and waits until all are sealed; a refusal holds nothing else up (R23). Told of as it
 * goes on: how many orders are through. Sent again under the same key, what is through stays as it is.
 */
export async function requestContracts(
  orders: readonly string[],
  details: RequestDetails,
  idempotencyKey: string,
  onProgress: (done: number) => void,
): Promise<readonly BatchResult[]> {
  const results: BatchResult[] = [];
  onProgress(0);
  while (results.length < orders.length) {
    const part = orders.slice(results.length, results.length + PART);
    results.push(...(await requestPart(part, details, `${idempotencyKey}-${results.length}`)));
    onProgress(results.length);
  }
  return results;
}

async function requestPart(
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
