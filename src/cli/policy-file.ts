import { parsePolicyDocument } from "../application/policy-document.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { PolicyBody } from "../domain/policy.ts";
import { fail, type Result } from "../domain/result.ts";
import { givenFileUpTo } from "./given-file.ts";
import { WrongUse } from "./terminal.ts";

/** Ten thousand products with all their ways of billing take less. */
const LARGEST_BYTES = 4 * 1024 * 1024;
/** What `policy show --json` prints around the rules. */
const AROUND_RULES: ReadonlySet<string> = new Set(["version", "rules", "basedOn", "draftedBy", "draftedAt"]);

/** Reads rules from a file, or from standard input ("-"): bare, or as `policy show --json` prints them. */
export async function readPolicyFile(path: string): Promise<Result<PolicyBody, InputFault>> {
  const bytes = path === "-" ? await standardInput() : await givenFileUpTo(LARGEST_BYTES, path);
  if (bytes === null) throw new WrongUse(`"${path}" is larger than rules can be.`);
  try {
    return parsePolicyDocument(rulesIn(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return fail(NOT_JSON);
    throw error;
  }
}

function rulesIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("rules" in value)) return value;
  return Object.keys(value).every((key) => AROUND_RULES.has(key)) ? value.rules : value;
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const NOT_JSON: InputFault = {
  field: "",
  message: {
    "zh-CN": "文件不是 UTF-8 编码的 JSON，请以 orderseal policy show --json 的输出为底稿修改。",
    en: "The file is not JSON in UTF-8; start from what orderseal policy show --json prints.",
  },
};
