import { createHash } from "node:crypto";
import type { Localized } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import type { StatusRecord } from "../domain/status-record.ts";
import { type Instant, isoOf } from "../domain/time.ts";
import { openLogProof, openStatus, type ProofFault, type ProvenStatement } from "../verify/log-proof.ts";
import { type NoteVerifier, parseVerifierKey } from "../verify/signed-note.ts";
import { givenFile } from "./given-file.ts";
import { WrongUse } from "./terminal.ts";

/** What was given beside the file, to be checked without a connection. */
export interface GivenProofs {
  readonly keys: readonly NoteVerifier[];
  readonly proof: string | null;
  readonly status: string | null;
}

export interface CheckedProofs {
  /** Null where none was given, or it proves nothing. */
  readonly logged: ProvenStatement | null;
  readonly status: StatusRecord | null;
  /** The status may be relied on at this moment. */
  readonly isCurrent: boolean;
  readonly faults: readonly Localized[];
}

/** Reads what the options name; null when none of them is there. */
export async function readGivenProofs(given: {
  readonly "log-key"?: string | undefined;
  readonly proof?: string | undefined;
  readonly status?: string | undefined;
}): Promise<GivenProofs | null> {
  const { "log-key": key, proof, status } = given;
  if (proof === undefined && status === undefined) return null;
  if (key === undefined) {
    throw new WrongUse("--proof and --status are checked with --log-key: the key that orderseal log show prints.");
  }
  const text = key.includes("+") ? key : (await givenFile(key)).toString("utf8");
  const keys = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseVerifierKey);
  if (keys.length === 0 || keys.includes(null)) {
    throw new WrongUse(`--log-key needs NAME+ID+KEY or a file of such lines, which "${key.slice(0, 80)}" is not.`);
  }
  return {
    keys: keys.filter((each) => each !== null),
    proof: proof === undefined ? null : (await givenFile(proof)).toString("utf8"),
    status: status === undefined ? null : (await givenFile(status)).toString("utf8"),
  };
}

/** Whether they are of this very file, and what they prove. */
export function checkProofs({ keys, proof, status }: GivenProofs, pdf: Uint8Array, at: Instant): CheckedProofs {
  const document = createHash("sha256").update(pdf).digest("hex");
  const faults: Localized[] = [];
  const opened = proof === null ? null : openLogProof(proof, keys);
  if (typeof opened === "string") faults.push(faultText("proof", opened));
  const logged = opened === null || typeof opened === "string" ? null : opened;
  if (logged && logged.statement.document !== document) faults.push(OF_ANOTHER_FILE.proof);
  const read = status === null ? null : openStatus(status, keys);
  if (typeof read === "string") faults.push(faultText("status", read));
  const record = read === null || typeof read === "string" ? null : read;
  if (record && record.document !== document) faults.push(OF_ANOTHER_FILE.status);
  const isCurrent = record !== null && record.asOf <= at && at < record.nextUpdate;
  if (record && !isCurrent) faults.push(outdatedText(record));
  return {
    logged: logged?.statement.document === document ? logged : null,
    status: record?.document === document ? record : null,
    isCurrent: isCurrent && record.document === document,
    faults,
  };
}

/** Lines for a person. */
export function proofLines({ logged, status, isCurrent, faults }: CheckedProofs): readonly Localized[] {
  const lines: Localized[] = [];
  if (logged) {
    const { statement, head } = logged;
    const [time, of] = [isoOf(statement.at), head.origin];
    const zh = statement.kind === "issued" ? "出具" : "作废";
    const en = statement.kind === "issued" ? "issued" : "declared void";
    lines.push({
      "zh-CN": `透明日志 ${of} 载明：合同 ${statement.number} 于 ${time} ${zh}（共 ${head.size} 条记录）`,
      en: `in the transparency log ${of} with ${head.size} ${head.size === 1 ? "leaf" : "leaves"}: contract ${statement.number} was ${en} at ${time}`,
    });
  }
  if (status && isCurrent) {
    const [from, until, text] = [isoOf(status.asOf), isoOf(status.nextUpdate), standingText(status.standing)];
    lines.push({
      "zh-CN": `合同状态：${status.standing}（${text["zh-CN"]}），${from} 签署，至 ${until} 可离线采信`,
      en: `standing: ${status.standing} (${text.en}), as signed at ${from}, to be relied on until ${until}`,
    });
  }
  return [...lines, ...faults];
}

function faultText(of: "proof" | "status", fault: ProofFault): Localized {
  const [zh, en] = of === "proof" ? ["透明日志证明", "the proof of the log"] : ["效力证明", "the signed status"];
  const why = FAULTS[fault];
  return { "zh-CN": `${zh}${why["zh-CN"]}`, en: `${en} ${why.en}` };
}

const FAULTS: Record<ProofFault, Localized> = {
  malformed: { "zh-CN": "不是可识别的文本，或已被改动", en: "is no such text, or was altered" },
  not_signed: {
    "zh-CN": "未由所给的日志密钥签署，或签署后被改动",
    en: "is not signed by the key that was given, or was altered since",
  },
  not_included: {
    "zh-CN": "的哈希路径不成立：日志中没有这条记录",
    en: "does not lead to the signed root: there is no such entry",
  },
};

const OF_ANOTHER_FILE = {
  proof: { "zh-CN": "透明日志证明属于另一份文件", en: "the proof of the log is of another file" },
  status: { "zh-CN": "效力证明属于另一份文件", en: "the signed status is of another file" },
} as const satisfies Record<string, Localized>;

function outdatedText({ asOf, nextUpdate }: StatusRecord): Localized {
  const [from, until] = [isoOf(asOf), isoOf(nextUpdate)];
  return {
    "zh-CN": `效力证明已不在有效时段内（${from} 至 ${until}），请重新下载`,
    en: `the signed status holds from ${from} until ${until}, which is not now; download another one`,
  };
}
