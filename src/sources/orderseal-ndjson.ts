import type { ImportEntry, SourceFormat } from "../application/import-orders.ts";
import { parseOrderDocument } from "../application/order-document.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import { parseJsonLine } from "./json-line.ts";
import { readLines, type TextLine } from "./ndjson-lines.ts";

/** Our own order format, one document a line; empty lines are skipped. */
export const readOrdersealNdjson: SourceFormat = async function* (input, defaults) {
  for await (const line of readLines(input)) {
    if (line.text.ok && line.text.value.trim() === "") continue;
    yield entryOf(line, defaults);
  }
};

function entryOf({ line, text }: TextLine, defaults: Parameters<SourceFormat>[1]): ImportEntry {
  if (!text.ok) return { line, reference: null, order: text };
  // The format has no fractions as JSON numbers, so a plain number shows a faulty one as it was meant.
  const document = parseJsonLine(text.value, line, Number);
  if (!document.ok) return { line, reference: null, order: document };
  const { account, seller } = defaults;
  const order = parseOrderDocument(document.value, account === null ? { seller } : { account, seller });
  return { line, reference: order.ok ? order.value.id : orderNumberIn(document.value), order };
}

function orderNumberIn(document: unknown): string | null {
  if (typeof document !== "object" || document === null || !("order" in document)) return null;
  return typeof document.order === "string" ? parseOrderId(document.order) : null;
}
