import type { Localized } from "../domain/localized.ts";

/** What the owner of an unpaid order can lose (R17): the hard fact first, then what follows from it. */
export interface DomainWarning {
  readonly fact: Localized;
  readonly consequence: Localized;
}

/** What can happen to the name until the order is paid depends on what was ordered for it. */
const NEW_NAME: DomainWarning = {
  fact: {
    "zh-CN": "付款前，该域名可能被他人注册。",
    en: "Until the order is paid, the domain name can be registered by someone else.",
  },
  consequence: { "zh-CN": "", en: "" },
};
const OTHER_NAMES: Readonly<Record<string, DomainWarning>> = {
  renewal: {
    fact: {
      "zh-CN": "付款前，续费不生效，该域名可能因到期被删除并被他人注册。",
      en: "Until the order is paid, the name is not renewed: once expired it can be deleted, and the domain name can be registered by someone else.",
    },
    consequence: {
      "zh-CN": "请在该域名到期前付款。",
      en: "Pay before the name expires.",
    },
  },
  transfer_in: {
    fact: {
      "zh-CN": "付款前，转入不启动；该域名在此期间到期或者被删除的，可能被他人注册。",
      en: "Until the order is paid, the transfer does not start; should the name expire or be deleted meanwhile, the domain name can be registered by someone else.",
    },
    consequence: {
      "zh-CN": "域名在转入完成前仍由原注册服务机构管理。",
      en: "Until the transfer is complete, the name remains with its present registrar.",
    },
  },
  redemption: {
    fact: {
      "zh-CN": "付款前，赎回不启动；赎回期届满后，该域名将被删除，并可能被他人注册。",
      en: "Until the order is paid, the redemption does not start; after the redemption period the name is deleted and the domain name can be registered by someone else.",
    },
    consequence: {
      "zh-CN": "请在赎回期届满前付款。",
      en: "Pay before the redemption period ends.",
    },
  },
  buyback: {
    fact: {
      "zh-CN": "付款前，该域名可能被他人购得或者被他人注册。",
      en: "Until the order is paid, the name can be bought by someone else, and the domain name can be registered by someone else.",
    },
    consequence: { "zh-CN": "", en: "" },
  },
};

const CONTRACT_IS_LOST: Localized = {
  "zh-CN": "域名一经他人注册或者取得，本合同即失去效力，甲方不得据此主张对该域名的任何权利。",
  en: "In that case this contract is worth nothing and gives no right to the name.",
};
const CHECKLIST_HOLDS_NOTHING: Localized = {
  "zh-CN": "本清单不为客户保留该域名，客户不得据此主张对该域名的任何权利。",
  en: "This checklist does not hold the name and gives no right to it.",
};

/** The warning that a contract on an unpaid domain order carries; `service` as the source of the order names it. */
export function contractWarning(service: string | null): DomainWarning {
  return followedBy(service, CONTRACT_IS_LOST);
}

/** The same on a business checklist, which never held anything. */
export function checklistWarning(service: string | null): DomainWarning {
  return followedBy(service, CHECKLIST_HOLDS_NOTHING);
}

/** The second registrar brand sells the same buyback; a service not known by name can be lost as a new name can. */
function followedBy(service: string | null, ending: Localized): DomainWarning {
  const kind = service?.startsWith("buyback") ? "buyback" : (service ?? "");
  const { fact, consequence } = (Object.hasOwn(OTHER_NAMES, kind) ? OTHER_NAMES[kind] : undefined) ?? NEW_NAME;
  return {
    fact,
    consequence: {
      "zh-CN": consequence["zh-CN"] + ending["zh-CN"],
      en: [consequence.en, ending.en].filter((sentence) => sentence !== "").join(" "),
    },
  };
}
