import type { Order } from "../api/orders.ts";
import type { Language } from "../i18n/languages.ts";

const NAMED_AT_MOST = 2;

/** What was bought, in one line: the first two different products, and how many more there are. */
export function orderContent(order: Order, language: Language): { names: string; others: number } {
  const all = [...new Set(order.lines.map((line) => line.name[language]))];
  const named = all.slice(0, NAMED_AT_MOST);
  return { names: named.join(language === "en" ? ", " : "、"), others: all.length - named.length };
}
