import { CsvError, parse } from "csv-parse/sync";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { readLines, type TextLine } from "./ndjson-lines.ts";

/** One record of a CSV file (RFC 4180), which may span lines inside quotes; `line` is its first. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: Result<readonly string[], InputFault>;
  /** The cells that can be told of a malformed record: those before its first quotation mark. */
  readonly firstCells: readonly string[];
  /** True when the file could not be read beyond this record. */
  readonly isLast: boolean;
}

/** A quotation mark that is never closed would otherwise swallow the rest of the file. */
const LONGEST_RECORD = 128 * 1024;

/**
 * Records of a file, blank lines left out. A malformed one is a fault in its place and costs no other record: each is
 * parsed on its own, and where quotation marks do not pair up, only the line where that began is given up.
 * (One csv-parse stream over the file stays inside the quotes after such a line and loses those that follow.)
 */
export async function* readCsvRecords(input: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const lines = new LineQueue(readLines(input));
  try {
    for (let first = await lines.next(); first; first = await lines.next()) {
      if (!first.text.ok) {
        yield { line: first.line, cells: first.text, firstCells: [], isLast: true };
        return;
      }
      if (first.text.value.trim() === "") continue;
      const { text, taken } = await gather(lines, first.text.value);
      const cells = parseRecord(text);
      if (!cells.ok) lines.putBack(taken);
      const firstCells = (first.text.value.split('"')[0] ?? "").split(",").slice(0, -1);
      yield { line: first.line, cells: cells.ok ? cells : fail(misquoted(first.line)), firstCells, isLast: false };
    }
  } finally {
    await lines.close();
  }
}

/** Takes lines for as long as the quotation marks do not pair up. */
async function gather(lines: LineQueue, first: string): Promise<{ text: string; taken: TextLine[] }> {
  let text = first;
  let isOpen = hasOddQuotes(first);
  const taken: TextLine[] = [];
  while (isOpen && text.length <= LONGEST_RECORD) {
    const next = await lines.next();
    if (!next) break;
    taken.push(next);
    if (!next.text.ok) break;
    text += `\n${next.text.value}`;
    isOpen = isOpen !== hasOddQuotes(next.text.value);
  }
  return { text, taken };
}

function hasOddQuotes(text: string): boolean {
  let isOdd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

function parseRecord(text: string): Result<readonly string[], null> {
  const record = text.endsWith("\r") ? text.slice(0, -1) : text;
  try {
    const [cells = []] = parse(record, { record_delimiter: "\n" });
    return succeed(cells);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail(null);
  }
}

/** Lines ahead, some of which may have been put back. */
class LineQueue {
  readonly #source: AsyncIterator<TextLine>;
  #ahead: TextLine[] = [];

  constructor(source: AsyncIterator<TextLine>) {
    this.#source = source;
  }

  async next(): Promise<TextLine | null> {
    const waiting = this.#ahead.pop();
    if (waiting) return waiting;
    const next = await this.#source.next();
    return next.done ? null : next.value;
  }

  /** Lets go of the file when the reader stops early. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** The next lines will be these again. */
  putBack(lines: readonly TextLine[]): void {
    this.#ahead.push(...lines.toReversed());
  }
}

function misquoted(line: number): InputFault {
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行的引号不配对，请用双引号括住整个单元格，并把其中的双引号写成两个（""）。`,
      en: `Line ${line} has a quotation mark out of place; put the whole cell in quotes and write a quote in it twice ("").`,
    },
  };
}
