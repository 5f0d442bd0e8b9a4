import { infiniteQueryOptions } from "@tanstack/react-query";
import { bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type Contract = components["schemas"]["Contract"];

export const CONTRACT_LANGUAGES = ["zh-CN+en", "zh-CN", "en"] as const;
export type ContractLanguage = (typeof CONTRACT_LANGUAGES)[number];

export interface ContractRequest {
  readonly order: string;
  readonly language: ContractLanguage;
  readonly contact: string;
}

const PAGE_SIZE = 30;
const POLL_EVERY_MS = 500;

export const CONTRACTS_KEY = ["contracts"] as const;

export function contractsQuery() {
  return infiniteQueryOptions({
    queryKey: [...CONTRACTS_KEY, "list"],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) };
      return bodyOf(client.GET("/v1/contracts", { params: { query } }));
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isBeingSealed)) ? POLL_EVERY_MS : false,
  });
}

/** Requests the contract of an order and waits until it is sealed, however long that takes. */
export async function requestContract(request: ContractRequest, idempotencyKey: string): Promise<Contract> {
  const { order, language, contact } = request;
  let contract: Contract = await bodyOf(
    client.POST("/v1/orders/{order}/contract", {
      params: { path: { order } },
      body: { language, contact },
      headers: { "Idempotency-Key": idempotencyKey },
    }),
  );
  while (isBeingSealed(contract)) {
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
