import type { Words } from "../words.ts";

/** What came of sending once. */
export const ATTEMPT_WORDS = {
  delivered: { "zh-CN": "对方已接收", en: "Taken over" },
  redirected: { "zh-CN": "对方要求跳转，系统不跟随", en: "Redirected, which is not followed" },
  gone: { "zh-CN": "对方声明已停用（410）", en: "Gone (410): the receiver asks us to stop" },
  http_error: { "zh-CN": "对方返回错误", en: "Answered with an error" },
  address_refused: { "zh-CN": "地址不允许访问", en: "The address is not allowed" },
  unresolvable: { "zh-CN": "域名无法解析", en: "The name cannot be resolved" },
  unreachable: { "zh-CN": "无法连接", en: "Cannot be reached" },
  tls_failed: { "zh-CN": "TLS 连接失败", en: "TLS failed" },
  malformed: { "zh-CN": "应答格式有误", en: "The answer is malformed" },
  timeout: { "zh-CN": "超时未应答", en: "No answer in time" },
} as const satisfies Words;
