import type { ContractView } from "../src/document/contract-view.ts";
import type { Localized } from "../src/domain/localized.ts";

export const PREAMBLE: Localized = {
  "zh-CN": "甲乙双方根据《中华人民共和国民法典》，遵循平等、自愿、公平、诚信原则，就甲方订购下列产品与服务订立本合同。",
  en: "Under the Civil Code of the People's Republic of China, the parties freely and in good faith conclude this contract.",
};

export interface Clause {
  readonly title: Localized;
  readonly body: Localized;
}

/** The clauses of templates/clauses.typ as they read for a paid subscription with a term. */
export function clausesOf({ order, term }: Extract<ContractView, { template: "order/1" }>): readonly Clause[] {
  const paid = order.paidMoment;
  const from = term?.from;
  const to = term?.to;
  if (!paid || !from || !to) throw new Error("the page is written for a paid subscription with a term");
  return [
    clause(
      ["标的", "Subject"],
      "甲方向乙方订购、乙方向甲方提供“订购明细”所列产品与服务（以下统称“服务”）。名称、配置、数量、价格与期限以申请本合同时的订单为准；此后产品目录、价格或者名称调整的，不影响本合同。",
      "Party A orders, and Party B supplies, the products and services listed under “Order lines” (the “Services”). Names, configurations, quantities, prices and terms are those of the order at the time of request; later changes to the catalogue do not affect this contract.",
    ),
    clause(
      ["价款与支付", "Price and payment"],
      `合同总额以“订购明细”所列合计为准，已包含增值税等税款。甲方已于${paid["zh-CN"]}付清全部价款。乙方收款后依法开具发票。`,
      `The contract total is the total under “Order lines”; it includes value-added and other taxes. Party A paid in full at ${paid.en}. Having received payment, Party B issues an invoice as the tax laws provide.`,
    ),
    clause(
      ["期限", "Term"],
      `服务期限自${from["zh-CN"]}起至${to["zh-CN"]}止；明细另载期限的，从其所载。续费、升级以新订单及其合同为准。`,
      `The term runs from ${from.en} until ${to.en}; an order line that states its own term keeps it. Renewals and upgrades have their own orders and contracts.`,
    ),
    ...STANDING,
  ];
}

const STANDING: readonly Clause[] = [
  clause(
    ["交付与服务", "Delivery and service"],
    "乙方应按其公布的产品说明与服务等级协议提供服务及技术支持；通过网络提供的服务，自开通时视为交付。甲方应妥善保管账号与密钥，依法、合规使用服务。",
    "Party B provides the Services and technical support as described in its published product documentation and service level agreements. Services supplied over a network are delivered when they are activated. Party A keeps its credentials safe and uses the Services lawfully.",
  ),
  clause(
    ["保密与数据", "Confidentiality and data"],
    "双方对因本合同知悉的对方商业秘密负有保密义务，该义务不因本合同终止而消灭。甲方业务数据由甲方控制，乙方仅为提供服务按甲方指示处理，并依法采取必要的安全与个人信息保护措施。",
    "Each party keeps the other's trade secrets confidential, also after this contract ends. Party A controls its business data; Party B processes them only to provide the Services and as instructed, with the safeguards for security and personal information required by law.",
  ),
  clause(
    ["违约责任", "Liability"],
    "一方违约的，应依法承担继续履行、采取补救措施或者赔偿损失等责任；服务未达到服务等级协议的，按该协议赔偿。除故意、重大过失、造成人身损害及法律规定不得限制的情形外，一方的赔偿总额以合同总额为限。因不可抗力不能履行的，依法免责。",
    "A party in breach is liable by law for performance, remedy or damages; missed service levels are compensated under their agreement. Except for intent, gross negligence, personal injury and where the law forbids a limit, liability is limited to the contract total. Force majeure excuses performance as the law provides.",
  ),
  clause(
    ["取消、解除与终止", "Cancellation and termination"],
    "订单被取消的，本合同自取消之时起失效。付款后退款的，本合同留存备查，权利义务依退款结果确定。确需作废的，乙方应说明理由、通知甲方并在核验页面载明。具备法定解除情形的，一方可以依法解除。",
    "If the order is cancelled, this contract is void from that moment. After a refund it is kept on record and the refund determines the parties' rights. Should it have to be voided, Party B states the reason, notifies Party A and shows it on the verification page. Either party may terminate where the law so permits.",
  ),
  clause(
    ["电子签章与生效", "Electronic seal and effectiveness"],
    "本合同以数据电文形式订立，甲方以其经实名认证的账号下单确认，自乙方加盖电子签章时成立并生效。依据《中华人民共和国电子签名法》，可靠的电子签名与手写签名或者盖章具有同等的法律效力。打印件与经核验的电子文件不一致的，以电子文件为准。",
    "This contract is made in electronic form: Party A confirms by ordering from its identity-verified account, and it takes effect when Party B affixes its electronic seal. Under the Electronic Signature Law of the People's Republic of China, a reliable electronic signature has the same legal effect as a handwritten signature or seal. The verified electronic file prevails over any printout.",
  ),
  clause(
    ["法律适用与争议解决", "Governing law and disputes"],
    "本合同适用中华人民共和国法律。因本合同产生的争议，双方应当友好协商；协商不成的，任何一方可以向乙方住所地有管辖权的人民法院起诉。本合同中文、英文文本不一致的，以中文文本为准。",
    "This contract is governed by the laws of the People's Republic of China. Disputes that the parties cannot settle amicably may be brought before the competent people's court at the domicile of Party B. If the two language versions differ, the Chinese version prevails.",
  ),
];

function clause([zh, en]: readonly [string, string], bodyZh: string, bodyEn: string): Clause {
  return { title: { "zh-CN": zh, en }, body: { "zh-CN": bodyZh, en: bodyEn } };
}
