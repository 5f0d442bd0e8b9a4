import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Rules } from "../../api/policy.ts";
import { productNamesQuery } from "../../api/product-names.ts";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { amountText } from "../../format/amount.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { BILLING_MODES, PARTNER_KIND_WORDS } from "../catalogue/catalogue-words.ts";
import { type Difference, differencesOf, type Said } from "./said.ts";
import { SETTINGS, type SettingName } from "./settings.ts";

/** The rules in the reader's words: each setting, and what differs between two of them. */
export function useRulesWords() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { type, billing, domainService } = useOrderWords();
  const { data: names } = useQuery(productNamesQuery);
  const productName = (code: string) => names?.get(code)?.[language] ?? code;
  const list = (texts: readonly string[]) => texts.join(language === "en" ? ", " : "、");
  const sentence = (text: string): Said => ({ entries: [{ code: "", name: "", text }], otherwise: "", isSet: false });
  const set = (codes: readonly string[], nameOf: (code: string) => string, text: string, otherwise: string): Said => ({
    ...{ entries: codes.map((code) => ({ code, name: nameOf(code), text })), otherwise, isSet: true },
  });
  const say: { readonly [Name in SettingName]: (rules: Rules) => Said } = {
    selfServiceProducts: ({ selfServiceProducts }) => ({
      entries: Object.entries(selfServiceProducts)
        .filter(([, modes]) => modes.length > 0)
        .map(([code, modes]) => ({
          ...{ code, name: productName(code) },
          text: list(BILLING_MODES.filter((mode) => modes.includes(mode)).map(billing)),
        }))
        .toSorted((left, right) => left.name.localeCompare(right.name, language)),
      otherwise: t("policy.say.offline"),
      isSet: false,
    }),
    contractableOrderTypes: (rules) =>
      set(rules.contractableOrderTypes, type, t("policy.say.contractable"), t("policy.say.notContractable")),
    partnerKindsRefused: (rules) =>
      set(
        rules.partnerKindsRefused,
        (kind) => Object.entries(PARTNER_KIND_WORDS).find(([code]) => code === kind)?.[1][language] ?? kind,
        t("policy.say.byPartner"),
        t("policy.say.byUs"),
      ),
    identityRequired: (rules) => sentence(t(`policy.say.identity.${rules.identityRequired ? "yes" : "no"}`)),
    domainProducts: (rules) =>
      set(rules.domainProducts, productName, t("policy.say.asDomain"), t("policy.say.notAsDomain")),
    domainServicesBeforePayment: (rules) =>
      set(
        rules.domainServicesBeforePayment,
        domainService,
        t("policy.say.beforePayment"),
        t("policy.say.afterPayment"),
      ),
    hold: ({ hold }) =>
      sentence(
        hold.count === "days"
          ? t(`policy.say.hold.days.${hold.start}`, { count: hold.days })
          : t(`policy.say.hold.hours.${hold.start}`, { count: hold.hours }),
      ),
    reissueAfterVoid: (rules) => sentence(t(`policy.say.reissue.${rules.reissueAfterVoid ? "yes" : "no"}`)),
    billFinality: ({ billFinality: { basis, expectedDay } }) =>
      sentence(t(`policy.say.bill.${basis}`, { day: expectedDay })),
    voidAlone: ({ voidAlone }) => {
      if (voidAlone === null) return { entries: [], otherwise: t("policy.say.voidAny"), isSet: false };
      const limits = Object.entries(voidAlone).map(([currency, amount]) => ({
        ...{
          code: currency,
          name: currency,
          text: t("policy.say.voidUpTo", { amount: amountText(amount, currency, language) }),
        },
      }));
      const others = { code: "", name: t("policy.say.voidOthers"), text: t("policy.say.voidTwo") };
      return { entries: [...limits, others], otherwise: t("policy.say.voidTwo"), isSet: false };
    },
    withoutTimestamp: (rules) => sentence(t(`policy.say.timestamp.${rules.withoutTimestamp}`)),
  };
  const differences = (before: Rules, after: Rules): readonly Difference[] =>
    SETTINGS.map(({ name: setting, rule }) => ({
      ...{ setting, rule, parts: differencesOf(say[setting](before), say[setting](after)) },
    })).filter(({ parts }) => parts.length > 0);
  return { say, differences, productName };
}
