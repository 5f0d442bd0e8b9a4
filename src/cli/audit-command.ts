import type { AuditFinding, WitnessedHead } from "../application/audit-findings.ts";
import type { CheckedInvariant, ViolatedKind, Violation } from "../application/books-checker.ts";
import { type CheckedObject, checkObjects } from "../application/check-objects.ts";
import type { ObjectRole } from "../application/object-books.ts";
import { type VerifiedAudit, verifyAudit } from "../application/verify-audit.ts";
import { type VerifiedLog, verifyLog } from "../application/verify-log.ts";
import type { Localized } from "../domain/localized.ts";
import { auditFindingText } from "./audit-finding-text.ts";
import { type Command, readArguments } from "./command.ts";
import type { OpenInstallation } from "./installation.ts";
import { logFindingText, logSoundText } from "./log-finding-text.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";

/** Of each invariant; whoever has broken one for everything should not have to read it all. */
const VIOLATIONS_NAMED = 100;
/** Often enough to see that it goes on. */
const FILES_PER_PROGRESS = 50;

interface Totals {
  readonly invariants: number;
  readonly broken: number;
  readonly files: number;
  readonly damaged: number;
  readonly entries: number;
  /** In the audit. */
  readonly findings: number;
  /** In the transparency log. */
  readonly logFindings: number;
}

/** `orderseal audit verify`: exit 0 only when every invariant holds and every file is as it was stored. */
export const auditVerifyCommand: Command = {
  name: "audit verify",
  usage: "audit verify [--objects|--no-objects] [--expect BATCH:HASH]… [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      {
        objects: { type: "boolean" },
        "no-objects": { type: "boolean" },
        expect: { type: "string", multiple: true },
      },
      { least: 0, most: 0 },
    );
    if (values.objects && values["no-objects"]) throw new WrongUse("Either --objects or --no-objects, not both.");
    const tell = values.json ? jsonTeller(terminal) : personTeller(terminal);
    const expected = (values.expect ?? []).map(notedHead);
    return installation.use((open) => verify(open, terminal, tell, { withFiles: !values["no-objects"], expected }));
  },
};

interface Teller {
  audit(verified: VerifiedAudit): void;
  log(verified: VerifiedLog): void;
  invariant(checked: CheckedInvariant): void;
  damaged(object: CheckedObject): void;
  total(totals: Totals, withFiles: boolean): void;
}

interface Wanted {
  readonly withFiles: boolean;
  /** Heads that somebody has written down. */
  readonly expected: readonly WitnessedHead[];
}

async function verify(
  open: OpenInstallation,
  terminal: Terminal,
  tell: Teller,
  { withFiles, expected }: Wanted,
): Promise<ExitCode> {
  const progress = (text: string) => terminal.progress?.(text);
  const total = { invariants: 0, broken: 0, files: 0, damaged: 0, entries: 0, findings: 0, logFindings: 0 };
  const audit = await verifyAudit(open, {
    witnessed: [...(await open.witness.heads()), ...expected],
    most: VIOLATIONS_NAMED,
    progress: (entries) => progress(WORDS.entriesRead(entries)[terminal.language]),
  });
  total.entries = audit.entries + audit.unchained;
  total.findings = audit.findings.length;
  progress("");
  tell.audit(audit);
  const seen = await open.logWitness.last();
  const log = await verifyLog(open, { witnessed: seen ? [seen] : [], most: VIOLATIONS_NAMED });
  total.logFindings = log.findings.length;
  tell.log(log);
  await open.books.checkBooks(VIOLATIONS_NAMED, (checked) => {
    total.invariants += 1;
    if (checked.violations.length > 0) total.broken += 1;
    progress("");
    tell.invariant(checked);
    progress(WORDS.lookedAt(checked.invariant.id)[terminal.language]);
  });
  if (withFiles) {
    for await (const checked of checkObjects(open)) {
      total.files += 1;
      if (total.files % FILES_PER_PROGRESS === 0) progress(WORDS.filesRead(total.files)[terminal.language]);
      if (checked.verdict === "present") continue;
      total.damaged += 1;
      progress("");
      tell.damaged(checked);
    }
  }
  progress("");
  tell.total(total, withFiles);
  return isSound(total) ? EXIT.done : EXIT.refused;
}

function isSound({ broken, damaged, findings, logFindings }: Totals): boolean {
  return broken + damaged + findings + logFindings === 0;
}

/** As `audit head` printed it: "12:9f86…". */
function notedHead(text: string): WitnessedHead {
  const [, batch = "", hash = ""] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (batch === "") throw new WrongUse("--expect takes what orderseal audit head prints: BATCH:HASH.");
  return { batch: Number(batch), sha256: hash as WitnessedHead["sha256"] };
}

function jsonTeller({ out, language }: Terminal): Teller {
  const line = (value: unknown) => out(`${JSON.stringify(value)}\n`);
  return {
    audit: ({ findings, first, more, ...counted }) => {
      const said = (found: AuditFinding) => ({ ...found, sentence: auditFindingText(found)[language] });
      line({ audit: first === null ? "sound" : "not_sound", ...counted, first: first && said(first), more });
      for (const found of findings) line({ finding: found.fault, ...said(found) });
    },
    log: ({ findings, more, ...counted }) => {
      line({ log: findings.length === 0 ? "sound" : "not_sound", ...counted, more });
      for (const found of findings)
        line({ logFinding: found.fault, ...found, sentence: logFindingText(found)[language] });
    },
    invariant: ({ invariant: { id, sentence }, violations, more }) =>
      line({ invariant: id, sentence: sentence[language], holds: violations.length === 0, violations, more }),
    damaged: ({ object, verdict }) => line({ file: object.hash, verdict, ...object }),
    total: (totals) => line({ sound: isSound(totals), ...totals }),
  };
}

function personTeller({ out, language }: Terminal): Teller {
  return {
    audit({ entries, batches, objects, unchained, witnessed, findings, first, more }) {
      if (first === null) out(`✓ ${WORDS.auditSound(entries, batches, objects, witnessed)[language]}\n`);
      else out(`✗ ${WORDS.firstBad[language]}${printable(auditFindingText(first)[language])}\n`);
      for (const found of findings) if (found !== first) out(`    ${printable(auditFindingText(found)[language])}\n`);
      if (more) out(`    ${WORDS.more[language]}\n`);
      if (unchained > 0) out(`    ${WORDS.unchained(unchained)[language]}\n`);
    },
    log(verified) {
      const { findings, more } = verified;
      if (findings.length === 0) out(`✓ ${logSoundText(verified)[language]}\n`);
      for (const found of findings) out(`✗ ${printable(logFindingText(found)[language])}\n`);
      if (more) out(`    ${WORDS.more[language]}\n`);
    },
    invariant({ invariant: { id, sentence }, violations, more }) {
      out(`${violations.length === 0 ? "✓" : "✗"} ${id} ${sentence[language]}\n`);
      for (const violation of violations) out(`    ${violationLine(violation)[language]}\n`);
      if (more) out(`    ${WORDS.more[language]}\n`);
    },
    damaged: (checked) => out(`✗ ${damagedLine(checked)[language]}\n`),
    total(totals, withFiles) {
      if (withFiles && totals.damaged === 0) out(`✓ ${WORDS.filesSound(totals.files)[language]}\n`);
      const sound = withFiles ? WORDS.sound : WORDS.booksSound;
      out(`${(isSound(totals) ? sound : WORDS.unsound(totals))[language]}\n`);
    },
  };
}

function violationLine({ kind, name, account, found }: Violation): Localized {
  const facts = printable(JSON.stringify(found));
  const [zhOwner, enOwner] = account === null ? ["", ""] : [`（账号 ${account}）`, ` (account ${account})`];
  const { "zh-CN": zh, en } = KIND_TEXT[kind];
  return {
    "zh-CN": printable(`${zh} ${name}${zhOwner}：${facts}`),
    en: printable(`${en} ${name}${enOwner}: ${facts}`),
  };
}

function damagedLine({ object, verdict }: CheckedObject): Localized {
  const role = ROLE_TEXT[object.role];
  const [zh, en] =
    object.contract === null
      ? [`工单 ${object.ticket}`, `ticket ${object.ticket}`]
      : [`合同 ${object.contract}`, `contract ${object.contract}`];
  return {
    "zh-CN": `${zh} 的${role["zh-CN"]} ${object.hash} ${verdict === "missing" ? "缺失" : "内容已被改动"}`,
    en: `${role.en} ${object.hash} of ${en} ${verdict === "missing" ? "is missing" : "was altered"}`,
  };
}

/** What was found may have been put there by whoever broke the books: it must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, "�");
}

const KIND_TEXT: Record<ViolatedKind, Localized> = {
  contract: { "zh-CN": "合同", en: "contract" },
  order: { "zh-CN": "订单", en: "order" },
  bill: { "zh-CN": "账单", en: "bill" },
  numbers: { "zh-CN": "编号", en: "numbers" },
  archive: { "zh-CN": "合同存档", en: "archive of contract" },
  ticket: { "zh-CN": "工单", en: "ticket" },
  policy: { "zh-CN": "规则版本", en: "policy version" },
  wording: { "zh-CN": "条款措辞", en: "wording" },
};

const ROLE_TEXT: Record<ObjectRole, Localized> = {
  sealed: { "zh-CN": "签章文件", en: "sealed file" },
  unsealed: { "zh-CN": "签章前文件", en: "unsealed file" },
  offline: { "zh-CN": "线下合同文件", en: "uploaded file" },
  archive: { "zh-CN": "长期存档文件", en: "archive" },
  attachment: { "zh-CN": "附件", en: "attachment" },
};

const WORDS = {
  entriesRead: (count: number): Localized => ({
    "zh-CN": `已核对 ${count} 条审计记录……`,
    en: `read ${count} entries …`,
  }),
  auditSound: (entries: number, batches: number, objects: number, witnessed: number): Localized => ({
    "zh-CN": `审计日志完好：${entries} 条记录，${batches} 个签名批次，${objects} 个对象与其最新记录一致；与 ${witnessed} 个见证相符`,
    en: `The audit is what was written: ${entries} entries in ${batches} signed batches, ${objects} objects as their newest entries say; ${witnessed} witnessed heads fit`,
  }),
  firstBad: { "zh-CN": "首处异常——", en: "the first that is wrong: " },
  unchained: (count: number): Localized => ({
    "zh-CN": `另有 ${count} 条新记录尚未入链（服务运行时约一秒内入链）`,
    en: `${count} new entries are not chained yet, which the service does within a second while it runs`,
  }),
  lookedAt: (id: string): Localized => ({ "zh-CN": `已核对 ${id}……`, en: `looked at ${id} …` }),
  filesRead: (count: number): Localized => ({ "zh-CN": `已核对 ${count} 个文件……`, en: `read ${count} files …` }),
  more: { "zh-CN": "……其余从略", en: "… and more" },
  filesSound: (count: number): Localized => ({
    "zh-CN": `${count} 个文件均与存入时一致`,
    en: `all ${count} files are as they were stored`,
  }),
  sound: { "zh-CN": "合同台账与文件完好。", en: "The books and the files are sound." },
  booksSound: {
    "zh-CN": "合同台账完好；未核对文件。",
    en: "The books are sound; the files were not looked at.",
  },
  unsound: ({ broken, damaged, findings, logFindings }: Totals): Localized => ({
    "zh-CN": `发现问题：审计日志 ${findings} 处，透明日志 ${logFindings} 处，${broken} 项核对未通过，${damaged} 个文件缺失或被改动。请保持现状，不要改动数据库和文件，先与备份核对。`,
    en: `The books are not sound: ${findings} ${findings === 1 ? "finding" : "findings"} in the audit, ${logFindings} in the transparency log, ${broken} ${broken === 1 ? "invariant is" : "invariants are"} broken, ${damaged} ${damaged === 1 ? "file is" : "files are"} missing or altered. Leave everything as it is, and compare with a backup.`,
  }),
} as const;
