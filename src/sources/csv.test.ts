import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportEntry } from "../application/import-orders.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import { decimalOf } from "../domain/money.ts";
import { readCsv } from "./csv.ts";

const seller = "acme-cloud" as SellerId;
const HEADER =
  "order,account,revision,occurredAt,placedAt,type,billing,state,stateAt,currency,line,product,quantity,total,description";

function row(order: string, line: string, changes: { total?: string; description?: string; currency?: string } = {}) {
  const { total = "12.50", description = "", currency = "CNY" } = changes;
  const instant = "2026-11-01T00:00:00Z";
  return `${order},buyer,1,${instant},${instant},new,subscription,paid,${instant},${currency},${line},ecs,1,${total},${description}`;
}

function file(...rows: string[]): string {
  return [HEADER, ...rows].join("\n");
}

async function* cut(bytes: Uint8Array, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const ends = [...cuts, bytes.length].toSorted((left, right) => left - right);
  for (const [index, end] of ends.entries()) yield bytes.subarray(ends[index - 1] ?? 0, end);
}

async function entriesOf(
  text: string | Uint8Array,
  cuts?: readonly number[],
  account: AccountId | null = null,
): Promise<ImportEntry[]> {
  const entries: ImportEntry[] = [];
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  for await (const entry of readCsv(cut(bytes, cuts), { account, seller })) entries.push(entry);
  return entries;
}

/** "2 A-1 ok", or line, order and the English sentence of the fault. */
async function told(text: string | Uint8Array): Promise<string[]> {
  const entries = await entriesOf(text);
  return entries.map(
    ({ line, reference, order }) => `${line} ${reference} ${order.ok ? "ok" : order.fault.message.en}`,
  );
}

describe("rows become orders", () => {
  test("adjacent rows of one order are its lines, and the entry has the line of the first", async () => {
    const entries = await entriesOf(file(row("A-1", "1"), row("A-1", "2", { total: "1" }), row("A-2", "1")));
    expect(entries.map(({ line, reference }) => [line, reference])).toEqual([
      [2, "A-1"],
      [4, "A-2"],
    ]);
    const order = entries[0]?.order;
    expect(order?.ok && order.value.lines.map(({ total }) => decimalOf(total))).toEqual(["12.50", "1.00"]);
    expect(order).toMatchObject({ value: { account: "buyer", revision: 1, status: { state: "paid" } } });
  });

  test("every column has its place, in any order", async () => {
    const columns = {
      total: "90",
      order: "A-1",
      revision: "7",
      occurredAt: "2026-11-01T00:00:00Z",
      placedAt: "2026-11-01T00:00:00Z",
      type: "renew",
      billing: "subscription",
      marketplaceSellerName: "上海示例软件有限公司",
      marketplaceSeller: "shanghai",
      state: "refunded",
      stateAt: "2026-11-02T00:00:00Z",
      currency: "USD",
      line: "1",
      product: "ecs",
      nameZh: "云服务器",
      nameEn: "Server",
      quantity: "2",
      list: "100",
      discount: "10",
      tax: "1.5",
      startsAt: "2026-11-01T00:00:00Z",
      endsAt: "2027-11-01T00:00:00Z",
      domainService: "renewal",
      domainName: "example.cn",
      relatedOrder: "A-0",
    };
    const text = `${Object.keys(columns).join(",")}\r\n${Object.values(columns).join(",")}\r\n`;
    const [entry] = await entriesOf(text, [], "buyer" as AccountId);
    expect(entry?.order).toMatchObject({
      ok: true,
      value: {
        revision: 7,
        account: "buyer",
        channel: { kind: "marketplace", sellerName: "上海示例软件有限公司", seller: "shanghai" },
        status: { state: "refunded", refundedAt: Date.UTC(2026, 10, 2), paidAt: null },
        lines: [{ name: { "zh-CN": "云服务器", en: "Server" }, discount: { minor: 1000n }, tax: { minor: 150n } }],
        domainService: "renewal",
        domainName: "example.cn",
        relatedOrder: "A-0",
      },
    });
  });

  test("byte order mark, Windows line ends, blank lines, empty rows, quotes and line breaks in them", async () => {
    const description = '"2 vCPU, ""large""\r\nLinux"';
    const text = `\uFEFF${HEADER}\r\n\r\n${row("A-1", "1", { description })}\r\n${",".repeat(14)}\r\n${row("A-2", "1")}\r\n`;
    const entries = await entriesOf(text);
    expect(entries.map(({ line, order }) => [line, order.ok])).toEqual([
      [3, true],
      [6, true],
    ]);
    expect(entries[0]?.order).toMatchObject({ value: { lines: [{ description: '2 vCPU, "large" Linux' }] } });
  });

  test("two revisions of one order are two orders to record", async () => {
    const text = file(row("A-1", "1"), row("A-1", "1").replace(",1,", ",2,"));
    expect(await told(text)).toEqual(["2 A-1 ok", "3 A-1 ok"]);
  });

  test("wherever the bytes are cut, the orders are the same", async () => {
    const bytes = Buffer.from(
      `\uFEFF${file(row("A-1", "1", { description: '"云，\r\n""x"""' }), row("A-1", "2"), row("A-2", "1", { description: 'a"b' }), row("A-3", "1"))}`,
    );
    const whole = await entriesOf(bytes);
    expect(whole).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        expect(await entriesOf(bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test("any text in quotes comes back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z",;\n]{1,20}x$/), async (text) => {
        const [entry] = await entriesOf(file(row("A-1", "1", { description: `"${text.replaceAll('"', '""')}"` })));
        const description = text.trim().replace(/\n+/g, " ");
        expect(entry?.order).toMatchObject({ ok: true, value: { lines: [{ description }] } });
      }),
    );
  });
});

describe("what is refused", () => {
  test("a bad cell is named by its column, and by its line where that is not the first of the order", async () => {
    const text = file(
      row("A-1", "1", { total: "1.234" }),
      row("A-2", "1"),
      row("A-2", "2", { total: "x" }),
      row("A-3", "1"),
    );
    expect(await told(text)).toEqual([
      '2 A-1 total: "1.234" has more decimal places than CNY allows; write at most 2.',
      '3 A-2 total (line 4): "x" is not an amount; write digits and a point only, such as "12.50", without separators or currency.',
      "5 A-3 ok",
    ]);
    const [, second] = await entriesOf(text);
    expect(second?.order).toMatchObject({ fault: { field: "total" } });
  });

  test("rows of one order that disagree", async () => {
    expect(await told(file(row("A-1", "1"), row("A-1", "2", { currency: "USD" })))).toEqual([
      '2 A-1 currency: line 3 has "USD" but line 2 has "CNY"; make all rows of an order agree.',
    ]);
  });

  test("rows of one order that are not adjacent", async () => {
    expect(await told(file(row("A-1", "1"), row("A-2", "1"), row("A-1", "2")))).toEqual([
      "2 A-1 ok",
      "3 A-2 ok",
      '4 A-1 order: "A-1" revision 1 already stood at line 2; put the rows of an order together, raise its revision and import it again.',
    ]);
  });

  test("a row with too few cells refuses its order only", async () => {
    expect(await told(file(row("A-1", "1"), "A-2,buyer", row("A-2", "2"), row("A-3", "1")))).toEqual([
      "2 A-1 ok",
      "3 A-2 Line 3 has 2 cells where the header has 15; make them match and put text with commas in quotes.",
      "5 A-3 ok",
    ]);
  });

  test("an order that lost a row is not taken up again further down", async () => {
    const [, , , last] = await told(file(row("A-1", "1"), "A-2,buyer", row("A-3", "1"), row("A-2", "2")));
    expect(last).toContain("already stood at line 3");
  });

  test("quotation marks out of place refuse their order, and nothing after it is swallowed", async () => {
    const sentence =
      'Line 3 has a quotation mark out of place; put the whole cell in quotes and write a quote in it twice ("").';
    for (const description of ['"19" rack', '19" rack', '"open', '"a"b"c']) {
      expect(
        await told(file(row("A-1", "1"), row("A-2", "1", { description }), row("A-3", "1"), row("A-4", "1"))),
      ).toEqual(["2 A-1 ok", `3 A-2 ${sentence}`, "4 A-3 ok", "5 A-4 ok"]);
    }
  });

  test("a malformed row of which the order cannot be told refuses both neighbours, since either may lack it", async () => {
    expect(
      (await told(file(row("A-1", "1"), '"A-1"x,', row("A-2", "1"), row("A-3", "1")))).map((each) => each.slice(0, 20)),
    ).toEqual(["2 A-1 Line 3 has a q", "3 null Line 3 has a ", "4 A-2 Line 3 has a q", "5 A-3 ok"]);
  });

  test("a file in GB18030 is refused in one clear sentence", async () => {
    const gb18030 = Buffer.concat([Buffer.from(`${HEADER}\n${row("A-1", "1")}`), Buffer.from([0xd6, 0xd0, 0x0a])]);
    const sentence =
      "Line 2 is not UTF-8 text (perhaps it is GB18030 or GBK); save the file as UTF-8 and import it again.";
    expect(await told(Buffer.concat([gb18030, Buffer.from(row("A-2", "1"))]))).toEqual([`2 null ${sentence}`]);
  });

  test("a file that turns out not to be UTF-8 further down refuses the order that may lack a row", async () => {
    const text = Buffer.concat([Buffer.from(`${file(row("A-1", "1"), row("A-2", "1"))}\n`), Buffer.from([0xff, 0xfe])]);
    expect((await told(text)).map((each) => each.slice(0, 25))).toEqual([
      "2 A-1 ok",
      "3 A-2 Line 4 is not UTF-8",
      "4 null Line 4 is not UTF-",
    ]);
  });

  test("unknown, repeated and missing columns are named", async () => {
    expect(await told("order,order,price\nA,A,1")).toEqual([
      '1 null Line 1, the header, is wrong (unknown or repeated columns: "order", "price"; missing columns: revision, occurredAt, placedAt, type, billing, state, currency, line, product, quantity, total, account); separate columns with commas and name them as the order format does.',
    ]);
    const [entry] = await entriesOf(HEADER.replaceAll(",", ";"));
    expect(entry?.order).toMatchObject({
      fault: { message: { "zh-CN": expect.stringContaining("请用逗号分隔各列") } },
    });
  });

  test("a time beside an unpaid state, and a revision that is none", async () => {
    const unpaid = row("A-1", "1").replace(",paid,", ",unpaid,");
    const revised = row("A-2", "1").replace("buyer,1,", "buyer,v1,");
    expect(await told(file(unpaid, revised))).toEqual([
      '2 A-1 stateAt: not a field of the status "unpaid"; leave it out (its fields are state).',
      '3 A-2 revision: "v1" does not belong here; write a whole number from 1 up that grows with every change.',
    ]);
  });

  test("an order of more than a thousand rows", async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => row("A-1", String(index)));
    expect(await told(file(...rows, row("A-2", "1")))).toEqual([
      '2 A-1 line: order "A-1" has more than 1000 rows; split the order.',
      "1502 A-2 ok",
    ]);
  });

  test("a quotation mark never closed in a large file costs one order, and no time worth mention", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => row(`B-${index}`, "1"));
    const answers = await told(file(row("A-1", "1", { description: '"' }), ...rows));
    expect(answers.filter((answer) => !answer.endsWith("ok"))).toHaveLength(1);
    expect(answers).toHaveLength(5001);
  });

  test("an empty file holds no orders", async () => {
    expect(await entriesOf("")).toEqual([]);
    expect(await entriesOf(HEADER)).toEqual([]);
  });

  test("whatever bytes come, the answer is entries, never a crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, hasHeader) => {
        const text = hasHeader ? Buffer.concat([Buffer.from(`${HEADER}\n`), bytes]) : bytes;
        for (const { order } of await entriesOf(text)) {
          if (!order.ok) expect(order.fault.message.en.endsWith(".")).toBe(true);
        }
      }),
    );
  });
});
