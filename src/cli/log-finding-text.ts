import type { LogFault, LogFinding, VerifiedLog } from "../application/verify-log.ts";
import type { Localized } from "../domain/localized.ts";

/** What was found in the transparency log, in a sentence that begins with where it is. */
export function logFindingText({ fault, at }: LogFinding): Localized {
  const { "zh-CN": zh, en } = FAULT_TEXT[fault](at);
  return { "zh-CN": `透明日志：${zh}`, en: `transparency log: ${en}` };
}

export function logSoundText({ leaves, checkpoints, root }: VerifiedLog): Localized {
  return {
    "zh-CN": `透明日志完好：${leaves} 条记录重新计算，与 ${checkpoints} 个已签名的检查点一致；根哈希 ${root}`,
    en: `The transparency log is what was signed: ${leaves} leaves recomputed, ${checkpoints} signed heads fit; root ${root}`,
  };
}

const FAULT_TEXT: Record<LogFault, (at: number) => Localized> = {
  leaf_altered: (at) => ({
    "zh-CN": `第 ${at} 条记录与合同台账不一致，已被改动`,
    en: `leaf ${at} does not say what the books say: one of them was altered`,
  }),
  leaf_missing: (at) => ({
    "zh-CN": `事件 ${at} 所述合同未登入日志，或记录缺失`,
    en: `the contract that event ${at} tells of has no leaf, or leaves are missing`,
  }),
  leaf_out_of_place: (at) => ({
    "zh-CN": `第 ${at} 条记录次序有误，前面有记录缺失`,
    en: `leaf ${at} is not where it was: some before it are missing`,
  }),
  node_altered: (at) => ({
    "zh-CN": `第 ${at} 条记录之上的节点哈希被改动`,
    en: `a hash above leaf ${at} is not what the leaves make it`,
  }),
  checkpoint_altered: (at) => ({
    "zh-CN": `${at} 条记录的检查点与记录不符：日志被改写`,
    en: `the signed head of ${at} leaves is not theirs: the log was rewritten`,
  }),
  not_as_witnessed: (at) => ({
    "zh-CN": `${at} 条记录时的根哈希与见证不一致：日志被改写`,
    en: `the root of the first ${at} leaves is not what was witnessed: the log was rewritten`,
  }),
  rolled_back: (at) => ({
    "zh-CN": `见证过 ${at} 条记录，现已不足：数据库已被回退或截断`,
    en: `${at} leaves were witnessed, and there are fewer: the database was rolled back, or its end was cut off`,
  }),
  checkpoint_not_signed: (at) => ({
    "zh-CN": `${at} 条记录的检查点签名不成立，或签名密钥不在手`,
    en: `the signature of the head of ${at} leaves does not hold, or its key is not at hand`,
  }),
};
