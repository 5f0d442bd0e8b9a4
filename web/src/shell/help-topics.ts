import type { Refuse } from "../api/orders.ts";

/** What buyers ask about, in the order in which it is offered. */
export const HELP_TOPICS = [
  "eligibility",
  "once-only",
  "identity",
  "unpaid",
  "pay-as-you-go",
  "yearly-monthly",
  "domains",
  "marketplace",
  "partners",
  "offline",
  "genuine",
] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** A refusal that is new has to say where more is told about it, or the console is not built. */
const TOPIC_OF_REFUSAL: Readonly<Record<Refuse["code"], HelpTopic>> = {
  served_by_partner: "partners",
  already_contracted: "once-only",
  order_cancelled: "unpaid",
  order_expired: "unpaid",
  order_refunded: "eligibility",
  order_type_not_contractable: "eligibility",
  identity_not_verified: "identity",
  seller_cannot_seal: "marketplace",
  product_not_self_service: "offline",
  unpaid_domain_service_not_allowed: "domains",
  bill_not_final: "pay-as-you-go",
  timestamp_unavailable: "genuine",
};

/** Where more is said about a refusal; null for what no topic is about. */
export function topicOfRefusal(code: string): HelpTopic | null {
  return isRefusal(code) ? TOPIC_OF_REFUSAL[code] : null;
}

function isRefusal(code: string): code is Refuse["code"] {
  return Object.hasOwn(TOPIC_OF_REFUSAL, code);
}

export function isHelpTopic(text: string): text is HelpTopic {
  return HELP_TOPICS.some((topic) => topic === text);
}
