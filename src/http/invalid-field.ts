import type { InputFault } from "../domain/input-fault.ts";

const WAY_OUT = {
  servedBy: ["请填写已登记的合作伙伴编号。", "write the id of a partner, such as partner-01."],
  timeZone: ["请填写 IANA 时区名，例如 Asia/Shanghai。", "write an IANA time zone name, such as Asia/Shanghai."],
  numberPrefix: ["请填写 2 至 8 位大写字母或数字。", "write 2 to 8 capital letters or digits."],
  outcome: [
    "请填写 resolved 或 rejected，或以 application/pdf 上传已签署的合同。",
    "write resolved or rejected, or send the signed contract as application/pdf.",
  ],
  from: ["请填写时刻，例如 2026-11-29T00:00:00Z。", "write an instant, such as 2026-11-29T00:00:00Z."],
  to: ["请填写时刻，例如 2026-11-30T00:00:00Z。", "write an instant, such as 2026-11-30T00:00:00Z."],
  account: ["请填写账号编号。", "write the id of an account."],
  scopes: [
    "机器密钥不能拥有该权限，请去掉它，或改用人员角色的密钥。",
    "no machine may have this; leave it out, or make a key with roles of a person.",
  ],
  expiresAt: [
    "请填写将来的时刻，例如 2027-12-31T16:00:00Z。",
    "write an instant to come, such as 2027-12-31T16:00:00Z.",
  ],
  reason: ["请填写 1 至 1000 个字符的退回理由。", "give a reason of 1 to 1000 characters for rejecting the ticket."],
} as const;

/** A field whose value no schema can judge: names the field, the value and what to write instead. */
export function invalidField(field: keyof typeof WAY_OUT, value: string): InputFault {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  const [zh, en] = WAY_OUT[field];
  return {
    field,
    message: { "zh-CN": `${field}：“${shown}”无效，${zh}`, en: `${field}: "${shown}" is not valid; ${en}` },
  };
}
