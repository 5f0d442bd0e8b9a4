import { useTranslation } from "react-i18next";
import type { Order } from "../api/orders.ts";
import { zhCN } from "../i18n/zh-CN.ts";

/** Words for the codes of an order; a code that this version does not know is shown as it is. */
export function useOrderWords() {
  const { t } = useTranslation();
  const type = (code: string) => (isKeyOf(zhCN.orderType, code) ? t(`orderType.${code}`) : code);
  const billing = (code: string) => (isKeyOf(zhCN.billing, code) ? t(`billing.${code}`) : code);
  const domainService = (code: string) => (isKeyOf(zhCN.domainService, code) ? t(`domainService.${code}`) : code);
  const state = (code: string) => (isKeyOf(zhCN.orderState, code) ? t(`orderState.${code}`) : code);
  const rung = (code: string) => (isKeyOf(zhCN.rung, code) ? t(`rung.${code}`) : code);
  const kind = (order: Order) => `${type(order.type)} · ${billing(order.billing)}`;
  return { kind, type, billing, domainService, state, rung };
}

function isKeyOf<Words extends object>(words: Words, code: string): code is Extract<keyof Words, string> {
  return Object.hasOwn(words, code);
}
