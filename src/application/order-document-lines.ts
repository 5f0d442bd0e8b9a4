import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import type { Currency } from "../domain/money.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { faultOfSums, type LineAmounts } from "./order-document-amounts.ts";
import { faultAt, wrongKind } from "./order-document-faults.ts";
import { type Field, required } from "./order-document-fields.ts";

export const MOST_LINES = 1000;

/** What a list of lines belongs to, in the words of its faults. */
export interface LinesOwner {
  /** "an order" */
  readonly name: Localized;
  /** "a list of 1 to 1000 lines" */
  readonly list: Localized;
  /** The way out of too many lines: "split the order". */
  readonly tooMany: Localized;
  /** The way out of amounts too large to add: "check the digits or split the order". */
  readonly tooLarge: Localized;
}

/** Reads 1 to 1000 lines with an id each of its own, whose amounts can be added in the currency. */
export function parseLines<Line extends LineAmounts & { readonly line: string }>(
  field: Field,
  currency: Currency,
  owner: LinesOwner,
  parse: (line: Field) => Result<Line, InputFault>,
): Result<readonly Line[], InputFault> {
  const list: unknown = field.value;
  if (!Array.isArray(list)) {
    return required(field, { expected: owner.list, read: () => fail(wrongKind(field.path, list, owner.list)) });
  }
  if (list.length === 0 || list.length > MOST_LINES) return fail(lineCount(field.path, list.length, owner));
  const lines: Line[] = [];
  const seen = new Map<string, string>();
  for (const [index, value] of list.entries()) {
    const path = `${field.path}[${index}]`;
    const line = parse({ path, value });
    if (!line.ok) return line;
    const earlier = seen.get(line.value.line);
    if (earlier !== undefined) return fail(lineTwice(path, line.value.line, earlier));
    seen.set(line.value.line, path);
    lines.push(line.value);
  }
  const fault = faultOfSums(lines, currency, owner.tooLarge);
  return fault ? fail(fault) : succeed(lines);
}

function lineCount(path: string, count: number, { name, tooMany }: LinesOwner): InputFault {
  return faultAt(path, {
    "zh-CN": `共有 ${count} 行，而${name["zh-CN"]}应有 1 至 ${MOST_LINES} 行，请补充或${tooMany["zh-CN"]}。`,
    en: `holds ${count} lines where ${name.en} has 1 to ${MOST_LINES}; add what is missing or ${tooMany.en}.`,
  });
}

function lineTwice(path: string, line: string, earlier: string): InputFault {
  return faultAt(`${path}.line`, {
    "zh-CN": `“${line}”已是 ${earlier} 的编号，请为每一行使用不同的编号。`,
    en: `"${line}" already is the id of ${earlier}; give every line an id of its own.`,
  });
}
