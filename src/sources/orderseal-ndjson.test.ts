import { expect, test } from "vitest";
import type { ImportEntry } from "../application/import-orders.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import { readOrdersealNdjson } from "./orderseal-ndjson.ts";

const seller = "acme-cloud" as SellerId;

const ORDER = {
  order: "A-1",
  account: "buyer",
  revision: 1,
  occurredAt: "2026-11-01T00:00:00Z",
  placedAt: "2026-11-01T00:00:00Z",
  type: "new",
  billing: "subscription",
  status: { state: "unpaid" },
  currency: "CNY",
  lines: [{ line: "1", product: "ecs", quantity: "1", total: "12.50" }],
};

function orderLine(order: string): string {
  return JSON.stringify({ ...ORDER, order });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function entriesOf(text: string | Uint8Array, account: AccountId | null = null): Promise<ImportEntry[]> {
  async function* input(): AsyncGenerator<Uint8Array> {
    yield typeof text === "string" ? Buffer.from(text) : text;
  }
  return all(readOrdersealNdjson(input(), { account, seller }));
}

/** "3 A-3 ok", or the English sentence of the fault. */
async function told(text: string | Uint8Array): Promise<string[]> {
  const entries = await entriesOf(text);
  return entries.map(
    ({ line, reference, order }) => `${line} ${reference} ${order.ok ? "ok" : order.fault.message.en}`,
  );
}

test("a malformed third line of five is refused by its number, and the others go in", async () => {
  const lines = [orderLine("A-1"), orderLine("A-2"), '{"order": "A-3",', orderLine("A-4"), orderLine("A-5")];
  expect(await told(lines.join("\n"))).toEqual([
    "1 A-1 ok",
    "2 A-2 ok",
    "3 null Line 3 is not valid JSON at character 17; write one whole JSON document a line.",
    "4 A-4 ok",
    "5 A-5 ok",
  ]);
});

test("a byte order mark, Windows line ends and empty lines do not matter", async () => {
  expect(await told(`\uFEFF${orderLine("A-1")}\r\n\r\n  \n${orderLine("A-2")}\r\n`)).toEqual(["1 A-1 ok", "4 A-2 ok"]);
});

test("a fault in a document keeps the order number", async () => {
  const document = { ...ORDER, lines: [{ line: "1", product: "ecs", quantity: "1", total: 12.5 }] };
  expect(await told(JSON.stringify(document))).toEqual([
    '1 A-1 lines[0].total: 12.5 is a JSON number, which can lose minor units; write the amount as text, such as "12.50".',
  ]);
});

test("the account of the import stands in where a document names none", async () => {
  const [entry] = await entriesOf(JSON.stringify({ ...ORDER, account: null }), "buyer-2" as AccountId);
  expect(entry?.order).toMatchObject({ ok: true, value: { account: "buyer-2", channel: { seller } } });
});

test.each([
  ["a member twice", '{"order":"A","order":"B"}', 'has the member "order" twice with different values'],
  ["deep nesting", `{"lines":${"[".repeat(100_000)}`, "nests JSON more than 32 levels deep"],
  ["a prototype", `{"__proto__":{},${orderLine("A-1").slice(1)}`, "__proto__: not a field of an order"],
  ["half a character", orderLine("A-1").replace('"ecs"', '"\\ud800"'), '"\\ud800" is not an id'],
  ["a line of 10 MB", orderLine("A-1").replace("ecs", "e".repeat(10_000_000)), "Line 1 is longer than 4 MB"],
  ["a number beyond all measure", orderLine("A-1").replace(':1,"occ', ':1e999,"occ'), "the number Infinity does not"],
  ["a bracket inside a text", orderLine("A-1").replace("ecs", "[".repeat(60)), "is not an id"],
  ["plain text", "order A-1", "Line 1 is not valid JSON at character 1"],
])("%s is refused, not crashed on", async (_what, text, sentence) => {
  expect((await told(text)).join("\n")).toContain(sentence);
});
