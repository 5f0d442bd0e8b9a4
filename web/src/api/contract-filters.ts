/** What the desk's contracts can be asked for, in the order of the form; the names are the API's. */
export const CONTRACT_STATES = ["issued", "issuing", "timestamp_pending"] as const;
export const CONTRACT_KINDS = ["order", "bill", "offline"] as const;

/** Only what is asked for is there. */
export interface ContractFilters {
  /** Start of a contract number, an order number or an account's id. */
  readonly q?: string;
  readonly state?: (typeof CONTRACT_STATES)[number];
  readonly kind?: (typeof CONTRACT_KINDS)[number];
  readonly account?: string;
}

/** Reads them from an address; what is no filter, or no value of it, is left out. */
export function contractFiltersOf(search: Readonly<Record<string, unknown>>): ContractFilters {
  const [q, account] = [textOf(search.q), textOf(search.account)];
  const state = CONTRACT_STATES.find((each) => each === search.state);
  const kind = CONTRACT_KINDS.find((each) => each === search.kind);
  return { ...(q && { q }), ...(state && { state }), ...(kind && { kind }), ...(account && { account }) };
}

const LONGEST = 64;

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, LONGEST) : "";
}
