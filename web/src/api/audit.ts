import { queryOptions } from "@tanstack/react-query";
import { startOfDay } from "../format/day.ts";
import type { AuditFilters } from "./audit-filters.ts";
import { bodyOf, client } from "./client.ts";

/** Somebody did something to something, as the books recorded it in the same transaction. */
export type AuditRecord = Awaited<ReturnType<typeof fetchAudit>>["items"][number];

const PAGE_SIZE = 50;

/** Newest first; `filters` as the API takes them. */
export function auditQuery(filters: AuditFilters, after: string) {
  return queryOptions({ queryKey: ["audit", filters, after], queryFn: () => fetchAudit(filters, after) });
}

function fetchAudit(filters: AuditFilters, cursor: string) {
  const query = { limit: PAGE_SIZE, ...filters, ...(cursor && { cursor }) };
  return bodyOf(client.GET("/v1/audit", { params: { query } }));
}

/** The form asks for days of the house's calendar, both included; the API takes instants, the later one excluded. */
export function instantsOf(filters: AuditFilters, zone: string): AuditFilters {
  const { from, to, ...others } = filters;
  const begin = from === undefined ? null : startOfDay(from, zone);
  const end = to === undefined ? null : startOfDay(to, zone, 1);
  return { ...others, ...(begin && { from: begin }), ...(end && { to: end }) };
}
