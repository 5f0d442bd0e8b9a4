import type { AuditFault, AuditFinding } from "../application/audit-findings.ts";
import type { Localized } from "../domain/localized.ts";

/** What was found in the audit, in a sentence that begins with where it is. */
export function auditFindingText(finding: AuditFinding): Localized {
  const { "zh-CN": zh, en } = FAULT_TEXT[finding.fault];
  const where = placeOf(finding);
  return { "zh-CN": `${where["zh-CN"]}：${zh}`, en: `${where.en}: ${en}` };
}

function placeOf({ position, entry, event, batch, object, key }: AuditFinding): Localized {
  const id = entry === null ? "" : ` (${entry})`;
  if (object !== null) {
    const owner = object.account === null ? "" : `/${object.account}`;
    const name = `${object.kind} ${object.id}${owner}`;
    return { "zh-CN": `对象 ${name}`, en: `object ${name}` };
  }
  if (event !== null) return { "zh-CN": `事件 ${event}`, en: `event ${event}` };
  if (key !== null) return { "zh-CN": `密钥 ${key}`, en: `key ${key}` };
  if (position !== null && batch === null)
    return { "zh-CN": `审计记录 ${position}${id}`, en: `entry ${position}${id}` };
  if (entry !== null) return { "zh-CN": `审计记录 ${position ?? ""}${id}`, en: `entry ${position ?? ""}${id}` };
  const from = position === null ? "" : ` ${position}`;
  if (batch !== null) {
    return { "zh-CN": `批次 ${batch}（自审计记录${from} 起）`, en: `batch ${batch} (from entry${from} on)` };
  }
  return { "zh-CN": "审计日志", en: "the audit" };
}

const FAULT_TEXT = {
  entry_altered: { "zh-CN": "内容与签名批次中的不一致", en: "is not what the signed batch has of it" },
  entry_missing: { "zh-CN": "缺失", en: "is missing" },
  entry_out_of_order: { "zh-CN": "次序被调换", en: "is not where it was" },
  entry_inserted: { "zh-CN": "为事后插入", en: "was inserted afterwards" },
  entry_not_by_us: {
    "zh-CN": "不是由本系统写入，或写入后被改动",
    en: "was not written by this service, or was altered since",
  },
  event_altered: { "zh-CN": "内容与签名批次中的不一致", en: "is not what the signed batch has of it" },
  event_missing: { "zh-CN": "缺失", en: "is missing" },
  event_out_of_order: { "zh-CN": "次序被调换", en: "is not where it was" },
  event_inserted: { "zh-CN": "为事后插入", en: "was inserted afterwards" },
  batch_missing: { "zh-CN": "批次缺失", en: "the batch is missing" },
  batch_not_signed: { "zh-CN": "签名不成立，批次被改动", en: "its signature does not hold: the batch was altered" },
  batch_not_linked: { "zh-CN": "与前一批次不相接", en: "does not go on from the batch before it" },
  unknown_key: {
    "zh-CN": "由不在手的密钥签名，无法判断真伪；请设置当时的主密钥（ORDERSEAL_MASTER_KEY）",
    en: "signed by a key that is not at hand, which proves nothing; set the master key of then (ORDERSEAL_MASTER_KEY)",
  },
  rolled_back: {
    "zh-CN": "本机见证过更晚的批次，数据库已被回退或截断",
    en: "a later batch was witnessed here: the database was rolled back, or its end was cut off",
  },
  not_as_witnessed: { "zh-CN": "与本机见证的批次不一致", en: "is another batch than was witnessed here" },
  object_altered: {
    "zh-CN": "与其最新审计记录不一致，被绕过系统改动",
    en: "is not what its newest entry says: it was changed behind the service's back",
  },
  object_unrecorded: { "zh-CN": "没有任何审计记录", en: "has no entry in the audit" },
  object_gone: { "zh-CN": "审计记录中存在，数据库中已无", en: "is in the audit and no longer in the books" },
  adoption_altered: {
    "zh-CN": "升级时登记的对象清单被改动",
    en: "the list of objects from before the chain was altered",
  },
} as const satisfies Record<AuditFault, Localized>;
