import type { FastifySchemaValidationError } from "fastify/types/schema.js";
import type { InputFault } from "../domain/input-fault.ts";

/**
 * Tells a person what the JSON schema of a route found, in one sentence that names the field and the way out. Where a
 * value may have several forms, the form it came closest to (the deepest fault) is the one that was meant.
 */
export function validationFault(errors: readonly FastifySchemaValidationError[], context: string): InputFault | null {
  const depth = ({ instancePath }: FastifySchemaValidationError): number => instancePath.split("/").length;
  const [first, ...others] = errors;
  if (!first) return null;
  return faultOf(
    others.reduce((deepest, error) => (depth(error) > depth(deepest) ? error : deepest), first),
    context,
  );
}

function faultOf(error: FastifySchemaValidationError, context: string): InputFault {
  const path = error.instancePath.split("/").filter(Boolean).join(".");
  const named = "missingProperty" in error.params ? String(error.params.missingProperty) : "";
  const extra = "additionalProperty" in error.params ? String(error.params.additionalProperty) : "";
  const field = [path, named || extra].filter(Boolean).join(".") || context;
  const own = context === "headers" ? HEADER_SENTENCES[path] : undefined;
  const { zh, en } = own ?? sentence(error, Boolean(named), Boolean(extra));
  return { field, message: { "zh-CN": `${field}：${zh}`, en: `${field}: ${en}` } };
}

/** Whatever is wrong with the header: what is right. */
const HEADER_SENTENCES: Readonly<Record<string, { zh: string; en: string }>> = {
  "idempotency-key": {
    zh: "须为 1 至 200 个可打印的 ASCII 字符，建议使用 UUID。",
    en: "must be 1 to 200 printable ASCII characters; a UUID is a good choice.",
  },
};

function sentence(
  { keyword, params, message }: FastifySchemaValidationError,
  missing: boolean,
  extra: boolean,
): { zh: string; en: string } {
  const limit = String(params.limit ?? "");
  if (missing) return { zh: "缺少该字段，请补充。", en: "is missing; add it." };
  if (extra) return { zh: "不支持该字段，请删除。", en: "is not known here; leave it out." };
  switch (keyword) {
    case "type":
      return { zh: `类型应为 ${String(params.type)}。`, en: `must be of type ${String(params.type)}.` };
    case "maxLength":
      return {
        zh: `不得超过 ${limit} 个字符，请精简。`,
        en: `must not be longer than ${limit} characters; shorten it.`,
      };
    case "maximum":
    case "maxItems":
      return { zh: `不能超过 ${limit}。`, en: `must not exceed ${limit}.` };
    case "minimum":
    case "minLength":
    case "minItems":
      return { zh: `不能少于 ${limit}。`, en: `must be at least ${limit}.` };
    case "enum":
    case "const":
    case "anyOf":
      return {
        zh: "取值不在允许范围内，请查看接口文档。",
        en: "has a value that is not allowed; see the API's documentation.",
      };
    default:
      return { zh: "格式有误，请查看接口文档。", en: `${message ?? "is not valid"}; see the API's documentation.` };
  }
}
