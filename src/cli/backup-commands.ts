import type { LoadRefusal } from "../application/backup-ports.ts";
import type { BackupFault } from "../application/restore-backup.ts";
import type { Localized } from "../domain/localized.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenPath } from "./given-file.ts";
import type { Restored } from "./installation.ts";
import { toldPlace } from "./output-file.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";

/** `orderseal backup`: exit 1 when the books refer to a file that is missing or altered; the backup holds the rest. */
export const backupCommand: Command = {
  name: "backup",
  usage: "backup <file.tar> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const path = positional(positionals, 0);
    const report = await toldPlace(path, installation.backUp(path), "name another file");
    const { madeAt, files, damaged } = report;
    if (values.json) terminal.out(`${JSON.stringify({ file: path, ...report })}\n`);
    else {
      const said = {
        "zh-CN": `已备份至 ${path}：${madeAt} 时的合同台账和 ${files} 个文件。签章密钥和主密钥不在其中，请另行保管 keys/ 目录和 master.key。\n`,
        en: `${path} holds the books as of ${madeAt} and ${files} files. Seal keys and master key are not in it: keep keys/ and master.key apart.\n`,
      };
      terminal.out(said[terminal.language]);
      for (const hash of damaged) terminal.err(`${damagedText(hash)[terminal.language]}\n`);
    }
    return damaged.length === 0 ? EXIT.done : EXIT.refused;
  },
};

/** `orderseal restore`: exit 0 only when every contract was verified afterwards. */
export const restoreCommand: Command = {
  name: "restore",
  usage: "restore <file.tar> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const restored = await installation.restore(await givenPath(positional(positionals, 0)));
    if (restored.kind !== "restored") return refuse(terminal, values.json, restored);
    const { contracts, damaged } = restored;
    if (values.json) {
      const { kind: _kind, ...report } = restored;
      terminal.out(`${JSON.stringify(report)}\n`);
    } else {
      terminal.out(`${restoredText(restored)[terminal.language]}\n`);
      terminal.err(`${erasuresText(restored)[terminal.language]}\n`);
      for (const hash of damaged) terminal.err(`${damagedText(hash)[terminal.language]}\n`);
      for (const { number, fault } of contracts.faulty) terminal.err(`${number}: ${fault}\n`);
      for (const id of contracts.brokenInvariants) terminal.err(`${brokenText(id)[terminal.language]}\n`);
    }
    const isSound = contracts.faulty.length + contracts.brokenInvariants.length + damaged.length === 0;
    return isSound ? EXIT.done : EXIT.refused;
  },
};

function restoredText({ madeAt, files, contracts: { verified, issuing, faulty } }: RestoredWhole): Localized {
  return {
    "zh-CN": `已恢复 ${madeAt} 时的合同台账和 ${files} 个文件：${verified} 份合同核验通过，${faulty.length} 份未通过，${issuing} 份待签章。启动服务前，请将 keys/ 目录和 master.key 放回原处。`,
    en: `Restored the books as of ${madeAt} and ${files} files. Contracts: ${verified} verified, ${faulty.length} not, ${issuing} still to be sealed. Put keys/ and master.key back before you start the service.`,
  };
}

/** What no backup can know: it still holds the keys that were destroyed after it was made. */
function erasuresText({ madeAt }: RestoredWhole): Localized {
  return {
    "zh-CN": `注意：${madeAt} 之后抹除的个人信息随备份一并恢复。启动服务前请重新抹除：orderseal accounts erase --from-audit FILE --yes（FILE 为之后的审计日志、account.erased 事件，或 orderseal accounts erasures --json 的输出）。`,
    en: `ATTENTION: personal data erased after ${madeAt} has come back with the backup. Before you start the service, erase it again: orderseal accounts erase --from-audit FILE --yes, where FILE holds the audit since then, the account.erased events, or what orderseal accounts erasures --json printed.`,
  };
}
type RestoredWhole = Extract<Restored, { kind: "restored" }>;

function brokenText(id: string): Localized {
  return {
    "zh-CN": `合同台账不符合 ${id}；orderseal audit verify 显示详情。`,
    en: `${id} does not hold for these books; orderseal audit verify says what breaks it.`,
  };
}

function damagedText(hash: string): Localized {
  return {
    "zh-CN": `文件 ${hash} 在备份时已缺失或被改动，备份中没有该文件；orderseal audit verify 显示所属合同。`,
    en: `The file ${hash} was missing or altered when the backup was made, and is not in it; orderseal audit verify names its contract.`,
  };
}

const REFUSED = {
  not_empty: {
    "zh-CN": "目标数据库中已有数据。请用新的 ORDERSEAL_HOME 或空的 DATABASE_URL 恢复。",
    en: "The database holds books already; restore into a new ORDERSEAL_HOME or an empty DATABASE_URL.",
  },
  newer: {
    "zh-CN": "该备份由更新的版本生成，请用该版本或更高版本恢复。",
    en: "The backup was made by a newer version; restore it with that version or a later one.",
  },
  other_schema: {
    "zh-CN": "目标数据库的结构与备份不一致。请用空的数据库恢复。",
    en: "The database was prepared by another version than the backup's; restore into an empty one.",
  },
  inconsistent: {
    "zh-CN": "备份中的数据互相对不上，未恢复任何内容，请换用完好的备份。",
    en: "Rows of the backup refer to others that are not in it; nothing was restored, use a sound one.",
  },
} as const satisfies Record<LoadRefusal, Localized>;

function refuse(terminal: Terminal, json: boolean, restored: Exclude<Restored, RestoredWhole>): ExitCode {
  const [code, text] =
    restored.kind === "refused"
      ? [restored.refusal, REFUSED[restored.refusal]]
      : [restored.fault.code, faultText(restored.fault)];
  const sentence = text[terminal.language];
  if (json) terminal.out(`${JSON.stringify({ code, sentence })}\n`);
  else terminal.err(`${sentence}\n`);
  return EXIT.refused;
}

function faultText(fault: BackupFault): Localized {
  switch (fault.code) {
    case "not_a_backup":
      return {
        "zh-CN": "该文件不是 orderseal backup 生成的备份，未恢复任何内容。",
        en: "This is not a file that orderseal backup has written; nothing was restored.",
      };
    case "cut_off":
      return {
        "zh-CN": "备份文件不完整（末尾缺失），未恢复任何内容，请换用完整的备份。",
        en: "The backup was cut off before its end; nothing was restored, use a whole one.",
      };
    case "damaged":
      return {
        "zh-CN": `备份文件已损坏（${fault.name}），未恢复任何内容，请换用完好的备份。`,
        en: `The backup is damaged (${fault.name}); nothing was restored, use a sound one.`,
      };
  }
}
