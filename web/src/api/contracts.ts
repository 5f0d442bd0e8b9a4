import { queryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { ContractFilters } from "./contract-filters.ts";
import type { ContractLanguage } from "./contract-languages.ts";
import type { components } from "./schema";

export type Contract = components["schemas"]["Contract"];

/** What a contract can be on: an order, or a month's bill (R13). */
export type Subject =
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "bill"; readonly account: string; readonly cycle: string };

/** What the buyer may choose (R6). */
export interface RequestDetails {
  readonly language: ContractLanguage;
  readonly contact: string;
  readonly postalAddress: string;
  readonly phone: string;
  readonly email: string;
  readonly purchaseOrder: string;
}

const PAGE_SIZE = 30;
const POLL_EVERY_MS = 500;
/** One that waits for a timestamp may wait for hours. */
const POLL_WAITING_EVERY_MS = 5_000;

export const CONTRACTS_KEY = ["contracts"] as const;

export function contractsQuery(after: string) {
  return queryOptions({
    queryKey: [...CONTRACTS_KEY, "list", after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/contracts", { params: { query } }));
    },
    refetchInterval: ({ state }) => pollInterval(state.data?.items ?? []),
  });
}

/** Everybody's contracts, as the desk asks for them. */
export function deskContractsQuery(filters: ContractFilters, after: string) {
  return queryOptions({
    queryKey: [...CONTRACTS_KEY, "desk", filters, after],
    queryFn: () => {
      const query = { limit: PAGE_SIZE, ...filters, ...(after && { cursor: after }) };
      return bodyOf(client.GET("/v1/contracts", { params: { query } }));
    },
    refetchInterval: ({ state }) => pollInterval(state.data?.items ?? []),
  });
}

export function contractQuery(number: string) {
  return queryOptions({
    queryKey: [...CONTRACTS_KEY, "one", number],
    queryFn: () => fetchContract(number),
    refetchInterval: ({ state }) => pollInterval(state.data ? [state.data] : []),
  });
}

/** As long as there is something to wait for. */
function pollInterval(contracts: readonly Contract[]): number | false {
  const unissued = contracts.filter(isBeingSealed);
  if (unissued.length === 0) return false;
  return unissued.every(({ waitingFor }) => waitingFor !== null) ? POLL_WAITING_EVERY_MS : POLL_EVERY_MS;
}

/** Requests a contract and waits until it is sealed, however long that takes; unless it has to wait for a timestamp. */
export async function requestContract(
  subject: Subject,
  details: RequestDetails,
  idempotencyKey: string,
): Promise<Contract> {
  return sealed(await postRequest(subject, { body: details, headers: { "Idempotency-Key": idempotencyKey } }));
}

function postRequest(
  subject: Subject,
  request: { body: RequestDetails; headers: { "Idempotency-Key": string } },
): Promise<Contract> {
  switch (subject.kind) {
    case "order": {
      const params = { path: { order: subject.order } };
      return bodyOf(client.POST("/v1/orders/{order}/contract", { params, ...request }));
    }
    case "bill": {
      const params = { path: { account: subject.account, cycle: subject.cycle } };
      return bodyOf(client.POST("/v1/bills/{account}/{cycle}/contract", { params, ...request }));
    }
  }
}

/** The contract once it is sealed, or waits for what may be long in coming. */
export async function sealed(asked: Contract): Promise<Contract> {
  let contract = asked;
  while (isBeingSealed(contract) && contract.waitingFor === null) {
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
    contract = await fetchContract(contract.number);
  }
  return contract;
}

export function isBeingSealed({ state }: { state: string }): boolean {
  return state === "issuing";
}

function fetchContract(number: string): Promise<Contract> {
  return bodyOf(client.GET("/v1/contracts/{number}", { params: { path: { number } } }));
}
