import type { Warning } from "./decide-issuance.ts";
import { domainServiceText } from "./domain-service.ts";
import { dayText } from "./instant-text.ts";
import type { Localized } from "./localized.ts";
import type { OrderType } from "./order.ts";
import type { PartnerKind } from "./parties.ts";
import type { NextStep, Refusal, RefusalCode } from "./refusal.ts";
import type { Standing, Voided } from "./standing.ts";

/** Picks the members of a union by their tag, so that each table below has exactly one row per member. */
type RefusalOf = { readonly [Code in RefusalCode]: Extract<Refusal, { code: Code }> };
type StepOf = { readonly [Action in NextStep["action"]]: Extract<NextStep, { action: Action }> };

/** What a button says, and the sentence beside it. */
export interface NextStepText {
  readonly label: Localized;
  readonly sentence: Localized;
}

/** Why there is no contract: one plain sentence with the facts of this order (R24). */
export function refusalText(refusal: Refusal): Localized {
  return refusalSentence(refusal.code, refusal);
}

/** The refusal in a few words: heading of its problem page and title of the API's problem. */
export function refusalTitle(code: RefusalCode): Localized {
  return TITLES[code];
}

/** What the buyer can do instead (R24). */
export function nextStepText(step: NextStep): NextStepText {
  return stepWording(step.action, step);
}

/** What the buyer must know before confirming; `holdUntil` is the end of the hold, written out in each language. */
export function warningText(warning: Warning, holdUntil: Localized): Localized {
  return WARNINGS[warning](holdUntil);
}

/** What a contract is worth now, in a word or two. */
export function standingText(standing: Standing): Localized {
  return STANDINGS[standing];
}

/** Why a contract is void: in the desk's own words, or that its order was cancelled (R9, R22). */
export function voidedText(voided: Voided): Localized {
  return voided.by === "desk" ? text(voided.reason, voided.reason) : text("订单已取消", "The order was cancelled");
}

function refusalSentence<Code extends RefusalCode>(code: Code, refusal: RefusalOf[Code]): Localized {
  return SENTENCES[code](refusal);
}

function stepWording<Action extends NextStep["action"]>(action: Action, step: StepOf[Action]): NextStepText {
  return STEPS[action](step);
}

const TITLES = {
  served_by_partner: text("由合作伙伴提供服务", "Served by a partner"),
  already_contracted: text("已有合同", "There is a contract already"),
  order_cancelled: text("订单已取消", "The order was cancelled"),
  order_expired: text("订单已过期", "The order has expired"),
  order_refunded: text("订单已退款", "The order was refunded"),
  order_type_not_contractable: text("该类订单不出具合同", "No contract for this type of order"),
  identity_not_verified: text("尚未完成实名认证", "Identity not verified"),
  seller_cannot_seal: text("卖方暂时无法签章", "The seller cannot seal at present"),
  product_not_self_service: text("该产品不支持自助申请合同", "Not a self-service product"),
  unpaid_domain_service_not_allowed: text("域名订单须先付款", "The domain order must be paid first"),
  bill_not_final: text("账单尚未出账", "The bill is not final yet"),
  timestamp_unavailable: text("暂时无法取得时间戳", "No timestamp at present"),
} as const satisfies Record<RefusalCode, Localized>;

const SENTENCES: { readonly [Code in RefusalCode]: (refusal: RefusalOf[Code]) => Localized } = {
  served_by_partner: ({ partner: { kind, name } }) => {
    const role = PARTNER_KINDS[kind];
    return text(
      `您的账号由${role["zh-CN"]}“${name}”提供服务，合同请向该合作伙伴申请。`,
      `Your account is served by ${name}, ${role.en}; please request the contract from this partner.`,
    );
  },
  already_contracted: ({ contract }) =>
    text(
      `已有合同 ${contract}：每个订单、每期账单只出具一份合同，可不限次数下载。`,
      `There is contract ${contract} already: an order or bill gets one contract, to be downloaded as often as you like.`,
    ),
  order_cancelled: () =>
    text("该订单已取消，不能再申请合同。", "This order was cancelled, so a contract can no longer be requested."),
  order_expired: () =>
    text(
      "该订单逾期未付款，已过期，不能再申请合同。",
      "This order was not paid in time and has expired, so a contract can no longer be requested.",
    ),
  order_refunded: () =>
    text("该订单已退款，不能再申请合同。", "This order was refunded, so a contract can no longer be requested."),
  order_type_not_contractable: ({ type, relatedOrder }) => {
    const what = ORDER_TYPES[type];
    if (relatedOrder === null) return text(`${what["zh-CN"]}不能自助申请合同。`, `${what.en} has no contract here.`);
    return text(
      `${what["zh-CN"]}不单独出具合同，请以原订单 ${relatedOrder} 为准。`,
      `${what.en} has no contract of its own; see the original order ${relatedOrder}.`,
    );
  },
  identity_not_verified: () =>
    text(
      "您的账号尚未完成实名认证；合同中的甲方名称只取自实名认证信息，请先完成认证。",
      "Your account's identity is not verified yet; the buyer's name on a contract comes only from the verified identity.",
    ),
  seller_cannot_seal: ({ sellerName, marketplace }) =>
    text(
      `${marketplace ? "云市场商家" : "卖方"}“${sellerName["zh-CN"]}”目前无法加盖电子签章，暂不能自助出具合同。`,
      `${marketplace ? "The marketplace seller" : "The seller"} ${sellerName.en} cannot seal at present, so there is no self-service contract for now.`,
    ),
  product_not_self_service: ({ product, name }) => {
    const called = name
      ? text(`“${name["zh-CN"]}”（${product}）`, `${name.en} (${product})`)
      : text(` ${product} `, product);
    return text(
      `产品${called["zh-CN"]}不支持自助申请合同，可提交工单申请线下合同。`,
      `Product ${called.en} has no self-service contract; an offline contract can be requested with a ticket.`,
    );
  },
  unpaid_domain_service_not_allowed: ({ service }) => {
    if (service === null) {
      return text(
        "该域名订单未注明业务类型，须付款后方可申请合同，付款前可打印业务清单。",
        "This domain order names no service and can have a contract only once paid; until then, print the business checklist.",
      );
    }
    const name = domainServiceText(service);
    return text(
      `该域名订单（${name["zh-CN"]}）须付款后方可申请合同，付款前可打印业务清单。`,
      `This domain order (${name.en}) can have a contract only once paid; until then, print the business checklist.`,
    );
  },
  bill_not_final: ({ cycle, requestableFrom, timeZone }) => {
    const from = dayText(requestableFrom, timeZone);
    const [year, month] = cycle.split("-").map(Number);
    return text(
      `${year}年${month}月账单尚未出账，预计自${from["zh-CN"]}起可以申请合同。`,
      `The bill of ${cycle} is not final yet; its contract is expected to be requestable from ${from.en}.`,
    );
  },
  timestamp_unavailable: () =>
    text(
      "合同签章须加盖可信时间戳，而时间戳服务目前不可用，暂不能出具合同。",
      "A contract is sealed with a trusted timestamp, and the timestamp authority gives none at present.",
    ),
};

const PARTNER_KINDS = {
  distribution: text("分销伙伴", "a distribution partner"),
  virtual_business: text("虚商伙伴", "a virtual business partner"),
  integration: text("集成伙伴", "an integration partner"),
  consulting: text("咨询伙伴", "a consulting partner"),
  isv_solution: text(" ISV 解决方案伙伴", "an ISV solution partner"),
} as const satisfies Record<PartnerKind, Localized>;

const ORDER_TYPES = {
  new: text("新购订单", "A new purchase"),
  renew: text("续费订单", "A renewal"),
  upgrade: text("升配订单", "An upgrade"),
  downgrade: text("降配订单", "A downgrade"),
  convert: text("计费方式变更订单", "A change of billing method"),
  refund: text("退款订单", "A refund"),
  os_change: text("更换操作系统订单", "A change of operating system"),
  trial: text("试用订单", "A trial"),
  other: text("该类订单", "An order of this type"),
} as const satisfies Record<OrderType, Localized>;

const STEPS: { readonly [Action in NextStep["action"]]: (step: StepOf[Action]) => NextStepText } = {
  contact_partner: ({ name, contact }) =>
    step(
      "联系合作伙伴",
      "Contact the partner",
      `请通过 ${contact} 联系“${name}”申请合同。`,
      `Write to or call ${contact} to reach ${name}.`,
    ),
  contact_seller: ({ name, contact }) =>
    step(
      "联系卖方",
      "Contact the seller",
      `请通过 ${contact} 联系卖方“${name["zh-CN"]}”。`,
      `Write to or call ${contact} to reach the seller, ${name.en}.`,
    ),
  view_contract: ({ contract }) =>
    step("查看合同", "View the contract", `查看并下载合同 ${contract}。`, `View and download contract ${contract}.`),
  place_new_order: () =>
    step(
      "重新下单",
      "Place a new order",
      "如仍需合同，请重新下单后申请。",
      "If you still need a contract, place a new order.",
    ),
  view_order: ({ order }) =>
    step("查看原订单", "View the original order", `前往原订单 ${order}。`, `Go to the original order ${order}.`),
  verify_identity: () =>
    step(
      "去实名认证",
      "Verify identity",
      "完成实名认证后即可申请合同。",
      "Once the identity is verified, the contract can be requested.",
    ),
  open_ticket: ({ queue }) =>
    queue === "marketplace_desk"
      ? step(
          "提交工单",
          "Open a ticket",
          "向云市场客服提交工单，由商家处理合同事宜；订单信息会自动填入。",
          "Open a ticket with the marketplace desk; the order is filled in for you.",
        )
      : step(
          "提交工单",
          "Open a ticket",
          "提交工单申请线下合同；订单信息会自动填入。",
          "Open a ticket for an offline contract; the order is filled in for you.",
        ),
  print_checklist: () =>
    step(
      "打印业务清单",
      "Print the business checklist",
      "在“未付款订单”页打印业务清单；业务清单不是合同，不加盖印章。",
      "Print the business checklist from the Unpaid orders page; it is not a contract and bears no seal.",
    ),
  request_later: ({ from, timeZone }) => {
    const day = dayText(from, timeZone);
    return step(
      "届时再申请",
      "Request it then",
      `请于${day["zh-CN"]}（时区：${timeZone}）起申请。`,
      `Request it from ${day.en} (${timeZone}).`,
    );
  },
  try_again_later: () =>
    step(
      "稍后重试",
      "Try again later",
      "请过几分钟再申请；本次未占用订单或账单，也未占用合同编号。",
      "Try again in a few minutes; neither the order or bill nor a contract number was used up.",
    ),
};

const WARNINGS: Record<Warning, (holdUntil: Localized) => Localized> = {
  unpaid_order_is_held: (holdUntil) =>
    text(
      `该订单尚未付款，为您保留至${holdUntil["zh-CN"]}；届时仍未付款的，订单将过期，合同随之失效。`,
      `This order is not paid yet and is held until ${holdUntil.en}; if it is still unpaid then, it expires and the contract lapses.`,
    ),
  domain_can_be_lost_until_paid: () =>
    text(
      "付款成功前，该域名可能被他人注册（已注册的域名，到期删除后亦然）；一旦被他人注册，合同将无法履行，不再具有实际价值。",
      "Until paid, the domain name can be registered by someone else (one that is registered already, once it has expired and been deleted); the contract is then worth nothing.",
    ),
};

const STANDINGS = {
  pending_payment: text("待付款", "Pending payment"),
  in_force: text("有效", "In force"),
  not_started: text("未到起始日", "Not started"),
  ended: text("已到期", "Ended"),
  lapsed: text("已失效", "Lapsed"),
  void: text("已作废", "Void"),
} as const satisfies Record<Standing, Localized>;

function text(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}

function step(zhLabel: string, enLabel: string, zh: string, en: string): NextStepText {
  return { label: text(zhLabel, enLabel), sentence: text(zh, en) };
}
