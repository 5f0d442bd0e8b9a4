import { type BillSource, importBill } from "../application/import-bill.ts";
import type { BillCycle } from "../domain/bill.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Seller } from "../domain/parties.ts";
import type { OpenInstallation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";

export interface BillOwner {
  readonly account: AccountId;
  readonly seller: Seller;
}

/** Records one month's bill and tells what became of it. */
export async function importBillFile(
  open: OpenInstallation,
  bills: BillSource,
  bytes: Uint8Array,
  owner: BillOwner,
  terminal: Terminal,
  json: boolean,
): Promise<ExitCode> {
  const text = textOf(bytes);
  if (text === null) return tellRefused(null, NOT_UTF8, owner, terminal, json);
  const imported = await importBill(open, OPERATOR, bills, text, owner);
  const { cycle } = imported;
  if (imported.outcome === "refused") return tellRefused(cycle, imported.fault, owner, terminal, json);
  const { outcome, state } = imported;
  const { account } = owner;
  if (json) terminal.out(`${JSON.stringify({ account, cycle, outcome, state })}\n`);
  else terminal.out(`bill ${account}/${cycle}: ${outcome}, ${state}\n`);
  return EXIT.done;
}

function tellRefused(
  cycle: BillCycle | null,
  { field, message }: InputFault,
  { account }: BillOwner,
  { out, err, language }: Terminal,
  json: boolean,
): ExitCode {
  const detail = message[language];
  if (json) out(`${JSON.stringify({ account, cycle, outcome: "refused", state: null, field, detail })}\n`);
  else err(`bill ${account}${cycle === null ? "" : `/${cycle}`}: ${detail}\n`);
  return EXIT.refused;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const NOT_UTF8: InputFault = {
  field: "",
  message: {
    "zh-CN": "文件不是 UTF-8 文本（可能是 GB18030 或 GBK 编码），请另存为 UTF-8 后重新导入。",
    en: "The file is not UTF-8 text (perhaps it is GB18030 or GBK); save it as UTF-8 and import it again.",
  },
};
