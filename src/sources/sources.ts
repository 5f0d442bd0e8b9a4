import type { BillSource } from "../application/import-bill.ts";
import { looksLikeQueryBill, readQueryBill } from "./billing-api-bill.ts";
import { SOURCE_FORMATS } from "./source-format.ts";

/** All that orders and bills come in by. */
export const SOURCES = {
  formats: SOURCE_FORMATS,
  bills: { recognises: looksLikeQueryBill, read: readQueryBill } satisfies BillSource,
};
