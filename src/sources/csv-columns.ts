import { excerptOf, faultAt } from "../application/order-document-faults.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";

/** Columns that tell of the order, so that all its rows must have the same there. */
export const ORDER_COLUMNS = [
  "order",
  "account",
  "revision",
  "occurredAt",
  "placedAt",
  "type",
  "billing",
  "seller",
  "marketplaceSellerName",
  "marketplaceSeller",
  "state",
  "stateAt",
  "currency",
  "domainService",
  "domainName",
  "relatedOrder",
] as const;
const LINE_COLUMNS = [
  "line",
  "product",
  "nameZh",
  "nameEn",
  "description",
  "quantity",
  "list",
  "discount",
  "tax",
  "total",
  "startsAt",
  "endsAt",
] as const;
const COLUMNS = [...ORDER_COLUMNS, ...LINE_COLUMNS] as const;
const REQUIRED = [
  "order",
  "revision",
  "occurredAt",
  "placedAt",
  "type",
  "billing",
  "state",
  "currency",
  "line",
  "product",
  "quantity",
  "total",
] as const satisfies readonly Column[];

export type Column = (typeof COLUMNS)[number];

/** One row by column, trimmed; undefined where the cell is empty or the file has no such column. */
export type Row = { readonly [Name in Column]?: string };

/** Reads the header row: columns in any order. The fault names all that are unknown, doubled or missing. */
export function parseHeader(
  cells: readonly string[],
  line: number,
  needsAccount: boolean,
): Result<readonly Column[], InputFault> {
  const names = cells.map((cell) => cell.trim());
  const columns = names.flatMap((name) => COLUMNS.find((column) => column === name) ?? []);
  const wrong = names.filter(
    (name, index) => !columns.some((column) => column === name) || names.indexOf(name) < index,
  );
  const needed: readonly Column[] = needsAccount ? [...REQUIRED, "account"] : REQUIRED;
  const absent = needed.filter((name) => !columns.includes(name));
  if (wrong.length === 0 && absent.length === 0) return succeed(columns);
  return fail(wrongHeader(line, wrong, absent));
}

/** The row of a record with as many cells as the header has. */
export function parseRow(cells: readonly string[], columns: readonly Column[], line: number): Result<Row, InputFault> {
  if (cells.length !== columns.length) return fail(wrongWidth(line, cells.length, columns.length));
  const given = columns.map((column, index) => [column, cells[index]?.trim()] as const).filter(([, cell]) => cell);
  return succeed(Object.fromEntries(given));
}

function wrongHeader(line: number, wrong: readonly string[], absent: readonly Column[]): InputFault {
  const shown = wrong.slice(0, 5).map(excerptOf);
  const zh = [
    ...(wrong.length > 0 ? [`未知或重复的列：${shown.map((name) => `“${name}”`).join("、")}`] : []),
    ...(absent.length > 0 ? [`缺少的列：${absent.join("、")}`] : []),
  ];
  const en = [
    ...(wrong.length > 0 ? [`unknown or repeated columns: ${shown.map((name) => `"${name}"`).join(", ")}`] : []),
    ...(absent.length > 0 ? [`missing columns: ${absent.join(", ")}`] : []),
  ];
  return faultAt("", {
    "zh-CN": `第 ${line} 行表头有误（${zh.join("；")}），请用逗号分隔各列，并使用订单格式规定的列名。`,
    en: `Line ${line}, the header, is wrong (${en.join("; ")}); separate columns with commas and name them as the order format does.`,
  });
}

function wrongWidth(line: number, found: number, expected: number): InputFault {
  return faultAt("", {
    "zh-CN": `第 ${line} 行有 ${found} 个单元格，而表头有 ${expected} 个，请补齐，并用双引号括住含逗号的内容。`,
    en: `Line ${line} has ${found} cells where the header has ${expected}; make them match and put text with commas in quotes.`,
  });
}
