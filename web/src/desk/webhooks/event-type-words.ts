import type { NewEndpoint } from "../../api/webhooks.ts";
import type { Language } from "../../i18n/languages.ts";

export type EventType = NonNullable<NewEndpoint["events"]>[number];

/** What happens when an event of the type is sent. */
export const EVENT_TYPE_WORDS = {
  "contract.requested": { "zh-CN": "合同已申请并编号", en: "A contract was decided and has its number" },
  "contract.timestamp_pending": { "zh-CN": "合同等待时间戳", en: "A contract waits for its timestamp" },
  "contract.issued": { "zh-CN": "合同已出具", en: "A contract was issued" },
  "contract.archived": { "zh-CN": "合同已长期归档", en: "A contract has a (new) archive" },
  "contract.in_force": { "zh-CN": "合同生效", en: "A contract is in force" },
  "contract.lapsed": { "zh-CN": "合同失效", en: "A contract has lapsed" },
  "contract.voided": { "zh-CN": "合同作废", en: "A contract is void" },
  "order.hold_started": { "zh-CN": "未付款订单开始保留", en: "An unpaid order is held" },
  "order.hold_ended": { "zh-CN": "订单付款期限届满", en: "The hold of an order has ended" },
  "ticket.opened": { "zh-CN": "工单已提交", en: "A ticket was opened" },
  "ticket.answered": { "zh-CN": "工单有新回复", en: "A ticket was answered" },
  "ticket.assigned": { "zh-CN": "工单处理人变更", en: "A ticket is somebody’s, or nobody’s" },
  "ticket.resolved": { "zh-CN": "工单已办结", en: "A ticket was resolved" },
  "ticket.rejected": { "zh-CN": "工单已驳回", en: "A ticket was rejected" },
  "account.erased": { "zh-CN": "账号个人信息已删除", en: "Personal data of an account was erased" },
} as const satisfies Record<EventType, Record<Language, string>>;

export const EVENT_TYPES: readonly EventType[] = Object.keys(EVENT_TYPE_WORDS).filter(isEventType);

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENT_TYPE_WORDS, text);
}
