import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";

/** One line of a file, without its line feed; `line` counts from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: Result<string, InputFault>;
}

/** Longer than any order with a thousand lines; it bounds the memory that a hostile file can take. */
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Splits bytes into lines of UTF-8 text, wherever the chunks are cut; a byte order mark is dropped.
 * A line that is too long or not UTF-8 is a fault in its place, and the lines after it are read on.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  longestBytes = LONGEST_LINE_BYTES,
): AsyncGenerator<TextLine> {
  const pieces = new LinePieces(longestBytes);
  let line = 1;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      pieces.append(chunk.subarray(start, end));
      yield { line, text: pieces.take(line) };
      line += 1;
      start = end + 1;
    }
    pieces.append(chunk.subarray(start));
  }
  if (pieces.bytes > 0) yield { line, text: pieces.take(line) };
}

/** The bytes of one line so far; beyond the limit they are counted but no longer kept. */
class LinePieces {
  #pieces: Uint8Array[] = [];
  bytes = 0;
  readonly #longestBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  append(piece: Uint8Array): void {
    this.bytes += piece.length;
    if (this.bytes > this.#longestBytes) this.#pieces = [];
    // Copied, because whoever yields the chunks may fill the same buffer again.
    else if (piece.length > 0) this.#pieces.push(new Uint8Array(piece));
  }

  take(line: number): Result<string, InputFault> {
    const pieces = this.#pieces;
    const isTooLong = this.bytes > this.#longestBytes;
    this.#pieces = [];
    this.bytes = 0;
    if (isTooLong) return fail(tooLong(line, this.#longestBytes));
    try {
      return succeed(this.#decoder.decode(Buffer.concat(pieces)));
    } catch {
      return fail(notUtf8(line));
    }
  }
}

function tooLong(line: number, longestBytes: number): InputFault {
  const megabytes = longestBytes / 1024 / 1024;
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行超过 ${megabytes} MB，请每行只写一个订单并检查换行符。`,
      en: `Line ${line} is longer than ${megabytes} MB; write one order a line and check the line breaks.`,
    },
  };
}

/** GB18030 is what spreadsheets on a Chinese system write unless told otherwise, hence the guess. */
function notUtf8(line: number): InputFault {
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行不是 UTF-8 文本（可能是 GB18030 或 GBK 编码），请把文件另存为 UTF-8 后重新导入。`,
      en: `Line ${line} is not UTF-8 text (perhaps it is GB18030 or GBK); save the file as UTF-8 and import it again.`,
    },
  };
}
