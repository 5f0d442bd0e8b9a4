import type { BillSource } from "../application/import-bill.ts";

/** Larger than any bill with a thousand lines. */
const LARGEST_BILL_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** What a file holds: one month's bill, to be read whole, or orders, however many. */
export type RecognisedInput =
  | { readonly kind: "bill"; readonly bytes: Uint8Array }
  | { readonly kind: "orders"; readonly input: AsyncIterable<Uint8Array> };

/**
 * Reads as far as it takes to tell a bill from orders. Orders come one a line, so that their first line tells; a bill is
 * printed over many lines or on one. What was read of orders is given again.
 */
export async function recogniseInput(
  input: AsyncIterable<Uint8Array>,
  { recognises }: BillSource,
): Promise<RecognisedInput> {
  const rest = input[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let bytes = 0;
  let firstLine: string | null = null;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    // Copied, because whoever yields the chunks may fill the same buffer again.
    read.push(new Uint8Array(next.value));
    bytes += next.value.length;
    if (firstLine === null && next.value.includes(LINE_FEED)) {
      firstLine = textOf(read).split("\n", 1)[0] ?? "";
      if (isWhole(firstLine) && !recognises(firstLine)) return { kind: "orders", input: again(read, rest) };
    }
    if (bytes > LARGEST_BILL_BYTES) return { kind: "orders", input: again(read, rest) };
  }
  if (recognises(textOf(read))) return { kind: "bill", bytes: Buffer.concat(read) };
  return { kind: "orders", input: again(read, rest) };
}

async function* again(
  read: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* read;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Only to look at: what is no UTF-8 is told by whoever reads it in earnest. */
function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
