import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditFilters } from "./audit-filters.ts";
import { bodyOf, client } from "./client.ts";

/** Somebody did something to something, as the books recorded it in the same transaction. */
export type AuditRecord = Awaited<ReturnType<typeof fetchAudit>>["items"][number];

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

function fetchAudit(filters: AuditFilters, cursor: string) {
  const query = { limit: PAGE_SIZE, ...instantsOf(filters), ...(cursor && { cursor }) };
  return bodyOf(client.GET("/v1/audit", { params: { query } }));
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
