import { infiniteQueryOptions } from "@tanstack/react-query";
import { currentLanguage } from "../i18n/language.ts";
import type { AuditFilters } from "./audit-filters.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";

/** Somebody did something to something, as the books recorded it in the same transaction. */
export interface AuditRecord {
  /** Its place in the chain; null while it waits to be chained. */
  readonly position: string | number | null;
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  /** The address or the machine that it came from. */
  readonly from: string | null;
  readonly action: string;
  readonly account: string | null;
  readonly object: { readonly kind: string; readonly id: string };
  readonly policyVersion: number | null;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

interface AuditAnswer {
  readonly items: readonly AuditRecord[];
  readonly next: string | null;
}

const PAGE_SIZE = 50;

/** Newest first. */
export function auditQuery(filters: AuditFilters) {
  return infiniteQueryOptions({
    queryKey: ["audit", filters],
    queryFn: ({ pageParam }) => fetchAudit(filters, pageParam),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

/** docs/openapi.json does not describe the route yet, so that the generated client does not know it. */
async function fetchAudit(filters: AuditFilters, cursor: string): Promise<AuditAnswer> {
  const asked = new URLSearchParams({ limit: String(PAGE_SIZE), ...instantsOf(filters), ...(cursor && { cursor }) });
  const headers = { "Accept-Language": currentLanguage() };
  const response = await fetch(`/v1/audit?${asked}`, { headers }).catch(() => null);
  if (!response) throw new ProblemError(null);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemErrorOf(answer);
  return answer as AuditAnswer;
}

/** The form asks for days of the reader's calendar, both included; the API takes instants, the later one excluded. */
export function instantsOf(filters: AuditFilters): AuditFilters {
  const { from, to, ...others } = filters;
  const begin = from === undefined ? null : startOfDay(from, 0);
  const end = to === undefined ? null : startOfDay(to, 1);
  return { ...others, ...(begin && { from: begin }), ...(end && { to: end }) };
}

/** Null where the address says something that is no day. */
function startOfDay(day: string, daysLater: number): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater).toISOString();
}
