import { type NumberParser, parse } from "lossless-json";
import { excerptOf } from "../application/order-document-faults.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result, succeed } from "../domain/result.ts";

/** An order is five levels deep; the parser recurses, so a deeper text could exhaust the stack. */
const DEEPEST = 32;

/**
 * Parses the JSON document of one line; `parseNumber` receives the digits of a number as they were written.
 * Refused: what is not JSON, nesting beyond 32 levels, and a member written twice with different values.
 */
export function parseJsonLine(text: string, line: number, parseNumber: NumberParser): Result<unknown, InputFault> {
  if (isTooDeep(text)) return fail(tooDeep(line));
  let twice: string | null = null;
  try {
    const value = parse(text, null, {
      parseNumber,
      onDuplicateKey: ({ key }) => {
        twice ??= key;
      },
    });
    return twice === null ? succeed(value) : fail(memberTwice(line, twice));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(notJson(line, error.message));
  }
}

/** Counts brackets outside strings; on a text that is not JSON the count may be off, which the parser then refuses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}

function tooDeep(line: number): InputFault {
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行的 JSON 嵌套超过 ${DEEPEST} 层，请按订单格式书写。`,
      en: `Line ${line} nests JSON more than ${DEEPEST} levels deep; write it in the form of an order.`,
    },
  };
}

function memberTwice(line: number, member: string): InputFault {
  const shown = excerptOf(member);
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行的 JSON 中字段“${shown}”出现了两次且值不同，请只保留一个。`,
      en: `Line ${line} has the member "${shown}" twice with different values; keep one of them.`,
    },
  };
}

function notJson(line: number, reason: string): InputFault {
  const position = /position (\d+)/.exec(reason)?.[1];
  const column = position === undefined ? "" : String(Number(position) + 1);
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行${column && `第 ${column} 个字符处`}不是有效的 JSON，请每行写一个完整的 JSON 文档。`,
      en: `Line ${line} is not valid JSON${column && ` at character ${column}`}; write one whole JSON document a line.`,
    },
  };
}
