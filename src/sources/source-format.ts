import type { SourceFormat } from "../application/import-orders.ts";
import { readBillingApi } from "./billing-api.ts";
import { readCsv } from "./csv.ts";
import { readOrdersealNdjson } from "./orderseal-ndjson.ts";

export type SourceFormatName = "orderseal" | "csv" | "billing-api";

/** Every format that orders can come in, by the name that the command line and the API know it by. */
export const SOURCE_FORMATS: Readonly<Record<SourceFormatName, SourceFormat>> = {
  orderseal: readOrdersealNdjson,
  csv: readCsv,
  "billing-api": readBillingApi,
};
