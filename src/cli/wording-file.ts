import { parseWordingDocument } from "../application/wording-document.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Result } from "../domain/result.ts";
import type { WordingBody } from "../domain/seller-wording.ts";
import { readGivenJson } from "./given-json.ts";

const WORDING = {
  /** Every clause at its longest, in both languages, takes less. */
  mostBytes: 2 * 1024 * 1024,
  what: "a wording",
  notJson: {
    "zh-CN": "文件不是 UTF-8 编码的 JSON，请以 orderseal wording show --json 的输出为底稿修改。",
    en: "The file is not JSON in UTF-8; start from what orderseal wording show --json prints.",
  },
  around: new Set(["seller", "version", "wording", "basedOn", "draftedBy", "draftedAt"]),
  within: "wording",
};

/** Reads a wording from a file, or from standard input ("-"): bare, or as `wording show --json` prints it. */
export async function readWordingFile(path: string): Promise<Result<WordingBody, InputFault>> {
  const read = await readGivenJson(path, WORDING);
  return read.ok ? parseWordingDocument(read.value) : read;
}
