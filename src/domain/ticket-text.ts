import type { Localized } from "./localized.ts";
import { refusalTitle } from "./refusal-text.ts";
import type { TicketTopic } from "./ticket.ts";

/** What a ticket is about, in a few words. */
export function ticketTopicText(topic: TicketTopic): Localized {
  return topic === "paid_after_hold"
    ? { "zh-CN": "逾期付款，合同已失效", en: "Paid after the hold; the contract has lapsed" }
    : refusalTitle(topic);
}
