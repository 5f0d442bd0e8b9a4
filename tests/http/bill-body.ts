import type { BillDocument } from "../../src/application/bill-document.ts";

/** A final bill of two lines over 159.00 yuan, as `PUT /v1/bills/{account}/{cycle}` takes it. */
export function billBody(changes: Partial<BillDocument> = {}): BillDocument {
  return {
    state: "final",
    currency: "CNY",
    lines: [
      { line: "1", product: "ecs", description: "ecs.g8i.large, 720 h", total: "106.00", tax: "6.00" },
      { line: "2", product: "oss", description: "40 GB", list: "60.00", discount: "7.00", total: "53.00", tax: "3.00" },
    ],
    ...changes,
  };
}
