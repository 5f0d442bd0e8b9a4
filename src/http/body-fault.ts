import type { InputFault } from "../domain/input-fault.ts";

/** Why a body could not even be read, by Fastify's error code; null when the error is of another kind. */
export function bodyFault(code: string, message: string): InputFault | null {
  switch (code) {
    case "FST_ERR_CTP_INVALID_JSON_BODY":
      return whole(
        "请求体不是有效的 JSON，请检查引号、逗号与括号。",
        `The body is not valid JSON; check it (${message}).`,
      );
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
      return whole(
        "请求体为空，请提供 JSON，或去掉 Content-Type。",
        "The body is empty; send JSON, or no Content-Type.",
      );
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return whole(
        "请求体长度与 Content-Length 不符，请重新发送。",
        "The body is not as long as Content-Length says; send it again.",
      );
    default:
      return null;
  }
}

function whole(zh: string, en: string): InputFault {
  return { field: "", message: { "zh-CN": zh, en } };
}
