import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The 28 orders of the sample, as the billing API answers them. */
export const SAMPLE_PATH = fileURLToPath(
  new URL("../../src/sources/samples/billing-api/GetOrderDetail.ndjson", import.meta.url),
);
export const SAMPLE = readFileSync(SAMPLE_PATH, "utf8");
export const ORDERS = 28;

export interface GoldenDecision {
  readonly kind: "issue" | "refuse";
  readonly code?: string;
}

/** What a careful reader of the product description answers to each order of a verified account. */
export const GOLDEN = JSON.parse(
  readFileSync(new URL("sample-decisions.golden.json", import.meta.url), "utf8"),
) as Readonly<Record<string, GoldenDecision>>;
