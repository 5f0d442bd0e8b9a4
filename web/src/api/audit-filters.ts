/** What the audit can be asked for, in the order of its form; lives in the address under the names that the API uses. */
const AUDIT_FILTERS = ["from", "to", "account", "objectKind", "object", "action", "actor"] as const;
export type AuditFilter = (typeof AUDIT_FILTERS)[number];

/** Only what is asked for is there. */
export type AuditFilters = { readonly [Filter in AuditFilter]?: string };

const LONGEST = 200;

/** Reads them from an address; what is no filter, or no text, is left out. */
export function auditFiltersOf(search: Readonly<Record<string, unknown>>): AuditFilters {
  const asked = AUDIT_FILTERS.flatMap((filter) => {
    const text = search[filter];
    return typeof text === "string" && text.trim() !== "" ? [[filter, text.trim().slice(0, LONGEST)]] : [];
  });
  return Object.fromEntries(asked);
}
