import { parsePolicyDocument } from "../application/policy-document.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { PolicyBody } from "../domain/policy.ts";
import type { Result } from "../domain/result.ts";
import { readGivenJson } from "./given-json.ts";

const RULES = {
  /** Ten thousand products with all their ways of billing take less. */
  mostBytes: 4 * 1024 * 1024,
  what: "rules",
  notJson: {
    "zh-CN": "文件不是 UTF-8 编码的 JSON，请以 orderseal policy show --json 的输出为底稿修改。",
    en: "The file is not JSON in UTF-8; start from what orderseal policy show --json prints.",
  },
  around: new Set(["version", "rules", "basedOn", "draftedBy", "draftedAt"]),
  within: "rules",
};

/** Reads rules from a file, or from standard input ("-"): bare, or as `policy show --json` prints them. */
export async function readPolicyFile(path: string): Promise<Result<PolicyBody, InputFault>> {
  const read = await readGivenJson(path, RULES);
  return read.ok ? parsePolicyDocument(read.value) : read;
}
