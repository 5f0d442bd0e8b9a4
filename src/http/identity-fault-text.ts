import { faultText as text } from "./fault-text.ts";

/** Faults of evidence of identities and its keys. */
export const IDENTITY_FAULT_TEXT = {
  not_evidence: text(
    "不是可接受的实名认证材料",
    "Not a file that evidence is given as",
    "只接受能正常打开的 PDF、PNG 或 JPEG 文件，且内容须与 Content-Type 一致；PDF 不得加密或含脚本。",
    "Evidence is a PDF, PNG or JPEG that is what its Content-Type says; a PDF must open normally, without a password or scripts.",
  ),
  too_much_evidence: text(
    "实名认证材料已达上限",
    "Too much evidence",
    "每个账号最多保存 20 份实名认证材料；如不再需要旧材料，请由管理员抹除后重新提交。",
    "An account holds 20 pieces of evidence at most; an administrator can erase what is not needed any more.",
  ),
  evidence_unreadable: text(
    "实名认证材料无法解密",
    "The evidence cannot be opened",
    "该账号的实名认证材料无法解密：数据被改动，或加密所用的主密钥不在。系统已记录并告警，请联系运维人员。",
    "The account's evidence cannot be opened: it was altered, or the master key that locked it is not at hand. This was logged for whoever runs the service.",
  ),
  keys_unavailable: text(
    "密钥服务暂不可用",
    "Keys are not available at present",
    "密钥服务暂不可用，本次操作未生效，请稍后重试。",
    "The keys that lock personal data are not available at present. Nothing was changed; try again in a moment.",
  ),
} as const;
