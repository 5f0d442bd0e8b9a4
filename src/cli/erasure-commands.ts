import { eraseAccount, type FormerErasure, repeatErasure } from "../application/erase-account.ts";
import {
  ERASURE_REASONS,
  type Erasure,
  type ErasureReason,
  isErasureReference,
  parseErasureReason,
} from "../domain/erasure.ts";
import type { Localized } from "../domain/localized.ts";
import { isoOf, parseInstant } from "../domain/time.ts";
import { type Command, readArguments } from "./command.ts";
import { formerErasures } from "./former-erasures.ts";
import { givenFile } from "./given-file.ts";
import type { OpenInstallation } from "./installation.ts";
import { OPERATOR } from "./operator.ts";
import { refuse } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";
import { accountId } from "./webhook-commands.ts";

/** `orderseal accounts erase`: cannot be undone, and so asks for --yes. */
export const accountsEraseCommand: Command = {
  name: "accounts erase",
  usage:
    "accounts erase <account> --reason REASON [--reference ID] --yes | accounts erase --from-audit FILE --yes [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      {
        reason: { type: "string" },
        reference: { type: "string" },
        "from-audit": { type: "string" },
        yes: { type: "boolean", default: false },
      },
      { least: 0, most: 1 },
    );
    const [account] = positionals;
    const { json, yes, "from-audit": path } = values;
    if ((account === undefined) === (path === undefined)) {
      throw new WrongUse(`Either an account or --from-audit FILE. Usage: orderseal ${this.usage}`);
    }
    const former = path === undefined ? null : formerErasures((await givenFile(path)).toString("utf8"));
    const wanted =
      account === undefined
        ? null
        : { account: accountId(account), reason: givenReason(values.reason), reference: reference(values.reference) };
    if (!yes) throw new WrongUse("What is erased is lost for good; add --yes if that is what you want.");
    return installation.use(async (open) => {
      if (former) return repeatAll(open, former, terminal, json);
      const erasure = wanted && (await eraseAccount(open, OPERATOR, wanted.account, wanted));
      if (!erasure) return refuse(terminal, json, "account_not_found");
      if (json) terminal.out(`${JSON.stringify(erasureLine(erasure))}\n`);
      else terminal.out(`${erasedText(erasure)[terminal.language]}\n`);
      return EXIT.done;
    });
  },
};

/** `orderseal accounts erasures`: what has to be kept beside every backup, and is given to --from-audit after a restore. */
export const accountsErasuresCommand: Command = {
  name: "accounts erasures",
  usage: "accounts erasures [--since INSTANT] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, { since: { type: "string" } }, { least: 0, most: 0 });
    const since = values.since === undefined ? null : parseInstant(values.since);
    if (values.since !== undefined && since === null) {
      throw new WrongUse(
        `--since must be an instant such as 2026-11-28T02:00:00Z, not "${values.since.slice(0, 80)}".`,
      );
    }
    return installation.use(async ({ ledger }) => {
      const erasures = await ledger.listErasures(since);
      if (values.json) for (const erasure of erasures) terminal.out(`${JSON.stringify(erasureLine(erasure))}\n`);
      else terminal.out(table(erasures.map(erasureRow)));
      return EXIT.done;
    });
  },
};

/** Exit 1 when an account of the file is not in these books: somebody should know why. */
async function repeatAll(
  open: OpenInstallation,
  former: readonly FormerErasure[],
  terminal: Terminal,
  json: boolean,
): Promise<ExitCode> {
  const count = { repeated: 0, known: 0, not_found: 0 };
  for (const erasure of former) {
    const outcome = await repeatErasure(open, OPERATOR, erasure);
    count[outcome.kind] += 1;
    if (json && outcome.kind !== "repeated") {
      terminal.out(`${JSON.stringify({ account: erasure.account, outcome: outcome.kind })}\n`);
    }
    if (json && outcome.kind === "repeated") terminal.out(`${JSON.stringify(erasureLine(outcome.erasure))}\n`);
    if (outcome.kind === "not_found") terminal.err(`${unknownText(erasure.account)[terminal.language]}\n`);
  }
  if (!json) terminal.out(`${repeatedText(count)[terminal.language]}\n`);
  return count.not_found === 0 ? EXIT.done : EXIT.refused;
}

/** As an entry of the audit has it. */
function erasureLine({ account, at, reason, reference: number, repeats, evidence }: Erasure) {
  const detail = { reason, reference: number, repeats: repeats === null ? null : isoOf(repeats), evidence };
  return { action: "account.erased", account, at: isoOf(at), detail };
}

function erasureRow({ account, at, reason, reference: number, repeats, evidence }: Erasure): readonly string[] {
  return [isoOf(at), account, reason, number ?? "", repeats === null ? "" : `repeats ${isoOf(repeats)}`, `${evidence}`];
}

function givenReason(text: string | undefined): ErasureReason {
  const reason = parseErasureReason(text ?? "");
  if (reason) return reason;
  const given = text === undefined ? "" : `, not "${text.slice(0, 80)}"`;
  throw new WrongUse(`--reason must be one of ${ERASURE_REASONS.join(", ")}${given}.`);
}

function reference(text: string | undefined): string | null {
  if (text === undefined || isErasureReference(text)) return text ?? null;
  throw new WrongUse("--reference is the number of a case, in ASCII and without spaces; names do not belong there.");
}

function erasedText({ account, evidence }: Erasure): Localized {
  return {
    "zh-CN": `已抹除账号 ${account} 的个人信息：销毁密钥、${evidence} 份实名认证材料及已保存的联系信息，账号变为未认证。合同、订单、账单和审计日志依法保留。早于此刻的备份如需恢复，恢复后须重新抹除。`,
    en: `The personal data of ${account} is erased: the key is destroyed with ${evidence} pieces of evidence and the contact profiles, the identity is unverified. Contracts, orders, bills and the audit stay. After restoring a backup older than this, erase again.`,
  };
}

function repeatedText({ repeated, known, not_found }: Record<"repeated" | "known" | "not_found", number>): Localized {
  return {
    "zh-CN": `重新抹除 ${repeated} 个账号；${known} 项已在台账中，无须重复；${not_found} 个账号不存在。`,
    en: `Erased again: ${repeated}. In these books already: ${known}. No such account: ${not_found}.`,
  };
}

function unknownText(account: string): Localized {
  return { "zh-CN": `没有账号 ${account}。`, en: `There is no account ${account}.` };
}
