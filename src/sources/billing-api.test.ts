import { createReadStream, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportEntry } from "../application/import-orders.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import { decimalOf } from "../domain/money.ts";
import { type Order, termOf, totalOf } from "../domain/order.ts";
import { instantOf, isoOf } from "../domain/time.ts";
import { readBillingApi } from "./billing-api.ts";

const SAMPLE = new URL("samples/billing-api/GetOrderDetail.ndjson", import.meta.url);
const SAMPLE_BYTES = readFileSync(SAMPLE);
const RESPONSES = SAMPLE_BYTES.toString().trim().split("\n");
const defaults = { account: "buyer" as AccountId, seller: "acme-cloud" as SellerId };

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const ends = [...cuts, bytes.length].toSorted((left, right) => left - right);
  for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function entriesOf(text: string): Promise<ImportEntry[]> {
  return all(readBillingApi(chunksOf(Buffer.from(text)), defaults));
}

/** The only order of the sample's line, after the text was changed. */
async function changed(line: number, ...changes: [from: string, to: string][]): Promise<ImportEntry> {
  let text = RESPONSES[line - 1] ?? "";
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const [entry, ...others] = await entriesOf(text);
  if (!entry || others.length > 0) throw new Error("not one entry");
  return entry;
}

async function sample(line: number): Promise<Order> {
  const { order } = await changed(line);
  if (!order.ok) throw new Error(order.fault.message.en);
  return order.value;
}

test("all 28 sample orders are read, each by its line", async () => {
  const entries = await all(readBillingApi(createReadStream(SAMPLE), defaults));
  expect(entries.filter(({ order }) => !order.ok)).toEqual([]);
  expect(entries.map(({ line }) => line)).toEqual(Array.from({ length: 28 }, (_, index) => index + 1));
  expect(entries.every(({ order, reference }) => order.ok && order.value.id === reference)).toBe(true);
});

test("wherever the bytes are cut, the orders are the same", async () => {
  const whole = await all(readBillingApi(chunksOf(SAMPLE_BYTES), defaults));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(SAMPLE_BYTES.length), { maxLength: 20 }), async (cuts) => {
      expect(await all(readBillingApi(chunksOf(SAMPLE_BYTES, cuts), defaults))).toEqual(whole);
    }),
    { numRuns: 25 },
  );
});

describe("golden facts", () => {
  test("an order of two sub-orders has two lines and their sum, not the order's amount twice", async () => {
    const order = await sample(1);
    expect(
      order.lines.map(({ line, list, discount, tax, total }) => [line, ...[list, discount, tax, total].map(decimalOf)]),
    ).toEqual([
      ["21000100000000101", "12840.00", "1926.00", "617.77", "10914.00"],
      ["21000100000000102", "960.00", "144.00", "46.19", "816.00"],
    ]);
    expect(decimalOf(totalOf(order))).toBe("11730.00");
    expect(order).toMatchObject({ revision: 2, type: "new", billing: "subscription", account: "buyer" });
    expect(isoOf(order.occurredAt)).toBe("2026-10-12T02:20:11Z");
    expect(order.lines[0]).toMatchObject({ name: null, quantity: "2" });
    expect(order.lines[0]?.description).toBe(
      "ImageOs linux · ecs.g8i.2xlarge · SystemDisk 100 cloud_essd · cn-hangzhou",
    );
  });

  test("pay-as-you-go has no end, sentinel or not", async () => {
    expect((await sample(2)).lines[0]?.term?.endsAt).toBeNull();
    const { order } = await changed(2, ["2117-06-08T09:41:30Z", "2027-01-01T00:00:00Z"]);
    expect(order.ok && termOf(order.value)?.endsAt).toBeNull();
  });

  test("a sentinel is no end in a subscription either, the last real one is", async () => {
    const sentinel = await changed(3, ["2028-02-29T16:00:00Z", "2099-01-01T00:00:00Z"]);
    expect(sentinel.order.ok && termOf(sentinel.order.value)?.endsAt).toBeNull();
    const real = await changed(3, ["2028-02-29T16:00:00Z", "2098-12-31T23:59:59Z"]);
    expect(real.order.ok && termOf(real.order.value)?.endsAt).toBe(instantOf(Date.UTC(2098, 11, 31, 23, 59, 59)));
  });

  test("in yen the tax comes on top", async () => {
    const order = await sample(28);
    expect(order.lines.map(({ list, tax, total }) => [list, tax, total].map(decimalOf))).toEqual([
      ["198000", "19800", "217800"],
    ]);
  });

  test("a refund is below zero, settled when placed, and names its order", async () => {
    const order = await sample(21);
    expect(decimalOf(totalOf(order))).toBe("-1000.00");
    expect(order).toMatchObject({ type: "refund", revision: 2, relatedOrder: "210001000000001" });
    expect(order.status).toEqual({ state: "paid", paidAt: order.placedAt });
    expect(termOf(order)).toBeNull();
  });

  test("an unpaid order is its first revision, a cancelled one is cancelled from its creation", async () => {
    expect(await sample(6)).toMatchObject({ revision: 1, type: "upgrade", status: { state: "unpaid" } });
    const cancelled = await sample(22);
    expect(cancelled.status).toEqual({ state: "cancelled", cancelledAt: cancelled.placedAt });
    expect(cancelled.revision).toBe(3);
  });

  test("what happens to an order later has a higher revision: unpaid, paid, cancelled", async () => {
    const reports = await Promise.all(
      ["Unpaid", "Paid", "Cancelled"].map((status) => changed(4, ['"Paid"', `"${status}"`])),
    );
    expect(reports.map(({ order }) => order.ok && [order.value.status.state, order.value.revision])).toEqual([
      ["unpaid", 1],
      ["paid", 2],
      ["cancelled", 3],
    ]);
  });

  test("types are ours, and what we do not know is other", async () => {
    expect((await sample(23)).type).toBe("os_change");
    expect((await sample(5)).type).toBe("renew");
    const { order } = await changed(23, ["ChangeOperatingSystem", "Teleport"]);
    expect(order.ok && order.value.type).toBe("other");
  });

  test("a marketplace order has the seller's name only", async () => {
    expect((await sample(25)).channel).toEqual({
      kind: "marketplace",
      sellerName: "上海示例软件有限公司",
      seller: null,
    });
  });

  test("a domain order has service and name", async () => {
    expect(await sample(13)).toMatchObject({ domainService: "transfer_in", domainName: "example-3.cn" });
  });

  test("JSON numbers keep their digits", async () => {
    const { order } = await changed(24, ['"AfterTaxAmount": "1000000.00"', '"AfterTaxAmount": 1000000.00000']);
    expect(order.ok && decimalOf(totalOf(order.value))).toBe("1000000.00");
    const lossy = await changed(24, ['"AfterTaxAmount": "1000000.00"', '"AfterTaxAmount": 1000000.000000000001']);
    expect(lossy.order).toMatchObject({
      fault: { message: { en: expect.stringContaining('"1000000.000000000001" has more decimal places than CNY') } },
    });
  });

  test("two orders in one response are two entries of that line", async () => {
    const both = (RESPONSES[0] ?? "").replace(
      '"OrderId": "210001000000001", "SubOrderId": "21000100000000102"',
      '"OrderId": "X-2", "SubOrderId": "2"',
    );
    const entries = await entriesOf(`\n${both}`);
    expect(entries.map(({ line, reference, order }) => [line, reference, order.ok])).toEqual([
      [2, "210001000000001", true],
      [2, "X-2", true],
    ]);
  });
});
