import type { Localized } from "./localized.ts";

/** Why a timestamp authority gave no timestamp that holds (RFC 3161); in the order in which an answer is looked at. */
export type TimestampFault =
  | "unreachable"
  | "timeout"
  | "redirected"
  | "rejected"
  | "malformed"
  | "wrong_imprint"
  | "missing_nonce"
  | "wrong_nonce"
  | "not_a_timestamp_certificate"
  | "unsupported_algorithm"
  | "bad_signature"
  | "clock"
  | "certificate_expired"
  | "certificate_not_yet_valid"
  | "untrusted"
  | "not_verifiable"
  | "token_too_large";

/** What was wrong, as a part of a sentence. */
export function timestampFaultText(fault: TimestampFault): Localized {
  return FAULTS[fault];
}

/** What the buyer is told of a contract that waits: what for, why, and that nothing is to be done. */
export function timestampPendingText(fault: TimestampFault): Localized {
  const why = FAULTS[fault];
  return text(
    `合同已受理，正在等待可信时间戳（${why["zh-CN"]}）；取得后自动出具，无须重新申请。`,
    `The contract is decided and waits for its trusted timestamp (${why.en}); it is issued by itself once it has one.`,
  );
}

/** Reads a fault as the books keep it; a word that is none is a bug. */
export function timestampFaultOf(text: string): TimestampFault {
  if (!isTimestampFault(text)) throw new Error(`"${text}" is no fault of a timestamp authority`);
  return text;
}

function isTimestampFault(text: string): text is TimestampFault {
  return Object.hasOwn(FAULTS, text);
}

const FAULTS = {
  unreachable: text("时间戳服务无法连接", "the timestamp authority cannot be reached"),
  timeout: text("时间戳服务未及时应答", "the timestamp authority did not answer in time"),
  redirected: text("时间戳服务要求转到其他地址", "the timestamp authority sent us to another address"),
  rejected: text("时间戳服务拒绝了请求", "the timestamp authority refused the request"),
  malformed: text("时间戳服务的应答无法解析", "the timestamp authority's answer cannot be read"),
  wrong_imprint: text("时间戳对应的是其他内容", "the timestamp is for something else"),
  missing_nonce: text("时间戳未载明本次请求的随机数", "the timestamp does not name our request"),
  wrong_nonce: text("时间戳对应的是其他请求", "the timestamp answers another request"),
  not_a_timestamp_certificate: text(
    "签发者的证书并非专用于时间戳",
    "the signer's certificate is not for timestamps only",
  ),
  unsupported_algorithm: text("时间戳使用了不支持的算法", "the timestamp uses an algorithm that is not supported"),
  bad_signature: text("时间戳的签名无效", "the timestamp's signature does not hold"),
  clock: text("时间戳所载时间与本机时间相差过大", "the stated time is far from our clock"),
  certificate_expired: text("时间戳证书已过期", "the authority's certificate has expired"),
  certificate_not_yet_valid: text("时间戳证书尚未生效", "the authority's certificate is not valid yet"),
  untrusted: text("时间戳签发者不在受信任之列", "the authority is not one that is trusted here"),
  not_verifiable: text("时间戳未通过独立校验", "our verifier does not accept the timestamp"),
  token_too_large: text("时间戳过大，无法写入签章", "the timestamp is too large for the seal"),
} as const satisfies Record<TimestampFault, Localized>;

function text(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}
