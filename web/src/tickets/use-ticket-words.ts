import { useTranslation } from "react-i18next";
import { zhCN } from "../i18n/zh-CN.ts";

/** Words for the codes of a ticket; a code that this version does not know is shown as it is. */
export function useTicketWords() {
  const { t } = useTranslation();
  const state = (code: string) => (isKeyOf(zhCN.tickets.state, code) ? t(`tickets.state.${code}`) : code);
  const queue = (code: string) => (isKeyOf(zhCN.tickets.queue, code) ? t(`tickets.queue.${code}`) : code);
  const from = (code: string) => (isKeyOf(zhCN.tickets.from, code) ? t(`tickets.from.${code}`) : code);
  return { state, queue, from };
}

function isKeyOf<Words extends object>(words: Words, code: string): code is Extract<keyof Words, string> {
  return Object.hasOwn(words, code);
}
