import type { NumberParser } from "lossless-json";
import { excerptOf } from "../application/order-document-faults.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { fail, type Result } from "../domain/result.ts";
import { DEEPEST, type JsonFault, parseJsonText } from "./json-text.ts";

/** Parses the JSON document of one line, as `parseJsonText` does; faults name the line. */
export function parseJsonLine(text: string, line: number, parseNumber: NumberParser): Result<unknown, InputFault> {
  const value = parseJsonText(text, parseNumber);
  return value.ok ? value : fail(faultOfLine(line, value.fault));
}

function faultOfLine(line: number, fault: JsonFault): InputFault {
  switch (fault.kind) {
    case "too_deep":
      return tooDeep(line);
    case "member_twice":
      return memberTwice(line, fault.member);
    case "not_json":
      return notJson(line, fault.position);
  }
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

function notJson(line: number, position: number | null): InputFault {
  const column = position === null ? "" : String(position + 1);
  return {
    field: "",
    message: {
      "zh-CN": `第 ${line} 行${column && `第 ${column} 个字符处`}不是有效的 JSON，请每行写一个完整的 JSON 文档。`,
      en: `Line ${line} is not valid JSON${column && ` at character ${column}`}; write one whole JSON document a line.`,
    },
  };
}
