import type { ImportEntry, SourceFormat } from "../application/import-orders.ts";
import { excerptOf, faultAt } from "../application/order-document-faults.ts";
import { MOST_LINES } from "../application/order-document-lines.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail } from "../domain/result.ts";
import { type Column, parseHeader, parseRow, type Row } from "./csv-columns.ts";
import { type NumberedRow, orderOfRows } from "./csv-order.ts";
import { type CsvRecord, readCsvRecords } from "./csv-records.ts";

type Defaults = Parameters<SourceFormat>[1];

/** Adjacent rows of one revision of an order; with a fault, it is refused whatever rows follow. */
interface Group {
  readonly line: number;
  /** Null for a row of which not even the order can be told. */
  readonly order: string | null;
  readonly revision: string | null;
  readonly rows: NumberedRow[];
  fault: InputFault | null;
}

/**
 * One row per order line under a header row; the rows of an order stand together. An order of which any row is
 * malformed is refused, the others go in; a file that is not UTF-8 is read up to there.
 */
export const readCsv: SourceFormat = async function* (input, defaults) {
  let rows: OrderGroups | null = null;
  for await (const record of readCsvRecords(input)) {
    if (rows) {
      yield* rows.add(record);
      continue;
    }
    const { line, cells } = record;
    const header = cells.ok ? parseHeader(cells.value, line, defaults.account === null) : cells;
    if (!header.ok) {
      yield { line, reference: null, order: header };
      return;
    }
    rows = new OrderGroups(header.value, defaults);
  }
  if (rows) yield* rows.end();
};

/** Collects rows into orders. Each order is given out as soon as a row of another one follows. */
class OrderGroups {
  readonly #columns: readonly Column[];
  readonly #defaults: Defaults;
  #open: Group | null = null;
  /** The line of each order and revision seen; the only memory that grows with the file. */
  readonly #seen = new Map<string, number>();

  constructor(columns: readonly Column[], defaults: Defaults) {
    this.#columns = columns;
    this.#defaults = defaults;
  }

  *add(record: CsvRecord): Generator<ImportEntry> {
    const { line, cells, firstCells, isLast } = record;
    if (cells.ok && cells.value.every((cell) => cell.trim() === "")) return;
    const row = cells.ok ? parseRow(cells.value, this.#columns, line) : cells;
    if (row.ok) yield* this.#addRow({ line, row: row.value });
    else yield* this.#addMalformed(line, row.fault, isLast ? null : this.#orderIn(cells.ok ? cells.value : firstCells));
  }

  *end(): Generator<ImportEntry> {
    if (this.#open) yield this.#entryOf(this.#open);
    this.#open = null;
  }

  *#addRow(row: NumberedRow): Generator<ImportEntry> {
    const order = row.row.order ?? "";
    const revision = row.row.revision ?? "";
    if (!this.#belongs(order, revision)) {
      const before = this.#open;
      yield* this.end();
      // A malformed row that names no order may have been the first row of this one.
      const inherited = before?.order === null ? before.fault : null;
      this.#open = this.#opened(row.line, order, revision, inherited);
    }
    const group = this.#open;
    if (!group) return;
    if (group.rows.length < MOST_LINES) group.rows.push(row);
    else group.fault ??= tooManyRows(row.row);
  }

  /** Without a readable order number, the order before and the one after may lack this row, so both are refused. */
  *#addMalformed(line: number, fault: InputFault, order: string | null): Generator<ImportEntry> {
    if (this.#open && (order === null || this.#open.order === order)) this.#open.fault ??= fault;
    if (order !== null && this.#open?.order === order) return;
    yield* this.end();
    // Kept without a revision, so that rows of this order further down do not pass for the whole of it.
    if (order !== null) this.#seen.set(order, line);
    this.#open = { line, order, revision: null, rows: [], fault };
  }

  #belongs(order: string, revision: string): boolean {
    if (!this.#open || this.#open.order !== order) return false;
    return this.#open.revision === null || this.#open.revision === revision;
  }

  #opened(line: number, order: string, revision: string, inherited: InputFault | null): Group {
    const key = `${order} ${revision}`;
    const earlier = this.#seen.get(key) ?? this.#seen.get(order);
    this.#seen.set(key, earlier ?? line);
    const fault = inherited ?? (earlier === undefined ? null : notAdjacent(order, revision, earlier));
    return { line, order, revision, rows: [], fault };
  }

  /** Only the very first column can be trusted in a row that has too many or too few. */
  #orderIn(cells: readonly string[]): string | null {
    const cell = this.#columns[0] === "order" ? cells[0]?.trim() : undefined;
    return cell === undefined ? null : parseOrderId(cell);
  }

  #entryOf({ line, order, rows, fault }: Group): ImportEntry {
    const reference = order === null ? null : parseOrderId(order);
    const [first, ...others] = rows;
    if (fault) return { line, reference, order: fail(fault) };
    if (!first) throw new Error("a group of rows without a fault has rows");
    return { line, reference, order: orderOfRows([first, ...others], this.#defaults) };
  }
}

function tooManyRows({ order = "" }: Row): InputFault {
  return faultAt("line", {
    "zh-CN": `订单“${excerptOf(order)}”超过 ${MOST_LINES} 行，请拆分该订单。`,
    en: `order "${excerptOf(order)}" has more than ${MOST_LINES} rows; split the order.`,
  });
}

function notAdjacent(order: string, revision: string, earlier: number): InputFault {
  const [number, change] = [excerptOf(order), excerptOf(revision)];
  return faultAt("order", {
    "zh-CN": `“${number}”第 ${change} 版在第 ${earlier} 行已出现过，请把同一订单的各行排在一起，加大 revision 后重新导入。`,
    en: `"${number}" revision ${change} already stood at line ${earlier}; put the rows of an order together, raise its revision and import it again.`,
  });
}
