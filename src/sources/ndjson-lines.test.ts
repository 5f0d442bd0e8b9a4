import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "./ndjson-lines.ts";

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function linesOf(chunks: AsyncIterable<Uint8Array>, longestBytes?: number): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const { line, text } of readLines(chunks, longestBytes)) lines[line - 1] = text.ok ? text.value : null;
  return lines;
}

test("lines are numbered from one, empty ones included, and the last needs no line feed", async () => {
  expect(await linesOf(chunksOf(Buffer.from("a\n\nb\r\nc")))).toEqual(["a", "", "b\r", "c"]);
  expect(await linesOf(chunksOf(Buffer.from("a\n")))).toEqual(["a"]);
  expect(await linesOf(chunksOf())).toEqual([]);
});

test("a byte order mark is no part of the text", async () => {
  expect(await linesOf(chunksOf(Buffer.from("\uFEFFa\nb")))).toEqual(["a", "b"]);
});

test("a line that is too long is refused, and the next one is read", async () => {
  expect(await linesOf(chunksOf(Buffer.from(`${"x".repeat(11)}\n${"y".repeat(10)}`)), 10)).toEqual([
    null,
    "yyyyyyyyyy",
  ]);
});

test("a line that is not UTF-8 is refused by its number, and the next one is read", async () => {
  const gb18030 = Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]);
  expect(await linesOf(chunksOf(Buffer.from("a\n"), gb18030, Buffer.from("\nb")))).toEqual(["a", null, "b"]);
  const [refused] = await all(readLines(chunksOf(gb18030)));
  expect(refused?.text).toMatchObject({
    fault: {
      message: {
        en: "Line 1 is not UTF-8 text (perhaps it is GB18030 or GBK); save the file as UTF-8 and import it again.",
        "zh-CN": "第 1 行不是 UTF-8 文本（可能是 GB18030 或 GBK 编码），请把文件另存为 UTF-8 后重新导入。",
      },
    },
  });
});

test("a chunk may be filled anew by whoever gave it", async () => {
  async function* reused(): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.from("ab");
    yield buffer;
    buffer.write("c\n");
    yield buffer;
  }
  expect(await linesOf(reused())).toEqual(["abc"]);
});

test("wherever the bytes are cut, the lines are the same", async () => {
  const bytes = Buffer.from('\uFEFF合同\r\n\n😀,"é"\nend');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
      const ends = [...cuts, bytes.length].toSorted((left, right) => left - right);
      const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
      expect(await linesOf(chunksOf(...chunks))).toEqual(["合同\r", "", '😀,"é"', "end"]);
    }),
  );
});
