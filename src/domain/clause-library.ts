import { type Blank, blanksIn, isBlank, type Wording } from "./clause.ts";
import type { Localized } from "./localized.ts";

/**
 * The clauses that the templates pick from, in both languages. A number stands for one clause with one meaning for
 * ever: hundreds are subjects (1 what is sold, 2 price, 3 term, 4 service, 5 third parties and other documents,
 * 6 confidentiality, 7 liability, 8 ending, 9 form, law and language).
 */
export const CLAUSE_LIBRARY = {
  "101": clause(
    pair("标的", "Subject"),
    pair(
      "甲方向乙方订购、乙方向甲方提供“订购明细”所列产品与服务（以下统称“服务”）。名称、配置、数量、价格与期限以申请本合同时的订单为准；此后产品目录、价格或者名称调整的，不影响本合同。",
      "Party A orders, and Party B supplies, the products and services listed under “Order lines” (the “Services”). Names, configurations, quantities, prices and terms are those of the order at the time of request; later changes to the catalogue do not affect this contract.",
    ),
  ),
  "102": clause(
    pair("标的", "Subject"),
    pair(
      "“账单明细”所列产品与服务（以下统称“服务”），系甲方通过账号 {account} 于{month}使用的产品与服务。名称、用量与金额以申请本合同时该月账单为准；此后产品目录、价格或者名称调整的，不影响本合同。",
      "The products and services listed under “Charges of the month” (the “Services”) are those that Party A used in {month} under account {account}. Names, usage and amounts are those of that month's bill at the time of request; later changes to the catalogue do not affect this contract.",
    ),
  ),
  "103": clause(
    pair("标的", "Subject"),
    pair(
      "甲方向乙方订购、乙方向甲方提供“订购明细”所列域名 {domain} 的相关服务（以下统称“服务”）。服务内容、数量、价格与期限以申请本合同时的订单为准；此后产品目录、价格或者名称调整的，不影响本合同。",
      "Party A orders, and Party B supplies, the services listed under “Order lines” for the domain name {domain} (the “Services”). Their content, quantities, prices and terms are those of the order at the time of request; later changes to the catalogue do not affect this contract.",
    ),
  ),
  "201": clause(
    pair("价款与支付", "Price and payment"),
    pair(
      "合同总额以“订购明细”所列合计为准，已包含增值税等税款。甲方已于{paid_at}付清全部价款。乙方收款后依法开具发票。",
      "The contract total is the total under “Order lines”; it includes value-added and other taxes. Party A paid in full at {paid_at}. Having received payment, Party B issues an invoice as the tax laws provide.",
    ),
  ),
  "202": clause(
    pair("价款与支付", "Price and payment"),
    pair(
      "合同总额以“订购明细”所列合计为准，已包含增值税等税款。本订单尚未付款，甲方应在本合同载明的付款期限届满前一次性付清；逾期未付清的，本合同自该期限届满时失效。乙方收款后依法开具发票。",
      "The contract total is the total under “Order lines”; it includes value-added and other taxes. The order is unpaid; Party A shall pay in full before the deadline stated in this contract; if it does not, this contract lapses at that deadline. Having received payment, Party B issues an invoice as the tax laws provide.",
    ),
  ),
  "203": clause(
    pair("价款与支付", "Price and payment"),
    pair(
      "本订单按量计费，本合同不载明金额。应付金额以甲方实际用量及乙方公布的计费标准计算，以月度账单为准，甲方应按账单载明的期限付款。本合同载明付款期限而甲方逾期未付款的，本合同自该期限届满时失效。需要载明金额的，可在月度账单出具后，就该账单另行申请合同。",
      "The order is charged by use and this contract states no amount. What is payable is calculated from actual use at Party B's published rates, is shown on the monthly bill and is due as stated there. Where this contract states a deadline for payment and Party A has not paid by then, it lapses at that deadline. A contract that shows amounts can be requested for a monthly bill once that bill is final.",
    ),
  ),
  "204": clause(
    pair("价款与支付", "Price and payment"),
    pair(
      "合同总额以“账单明细”所列合计为准，即该月账单金额，已包含增值税等税款。甲方应按账单载明的期限与方式付款；甲方就该账单已支付的款项视为本合同项下的付款，乙方不重复收取。乙方收款后依法开具发票；已开具的，不再重复开具。",
      "The contract total is the total under “Charges of the month”, which is the amount of that month's bill; it includes value-added and other taxes. Party A pays as and when the bill states; what has been paid on the bill is payment under this contract and is not charged again. Having received payment, Party B issues an invoice as the tax laws provide, unless it already has.",
    ),
  ),
  "301": clause(
    pair("期限", "Term"),
    pair(
      "服务期限自{term_from}起至{term_to}止；明细另载期限的，从其所载。续费、升级以新订单及其合同为准。",
      "The term runs from {term_from} until {term_to}; an order line that states its own term keeps it. Renewals and upgrades have their own orders and contracts.",
    ),
  ),
  "302": clause(
    pair("期限", "Term"),
    pair(
      "服务期限自{term_from}起，不设固定终止日期，至服务依约停用或者释放时止。",
      "The term starts at {term_from} and has no fixed end; it lasts until the Services are released or discontinued as agreed.",
    ),
  ),
  "303": clause(
    pair("期限", "Term"),
    pair(
      "服务期限以订单及乙方开通服务的记录为准。",
      "The term is that of the order and of Party B's record of activation.",
    ),
  ),
  "304": clause(
    pair("服务期间", "Service period"),
    pair(
      "服务期间为{month}整月，自{term_from}起至{term_to}止。其他月份的费用，以相应月份的账单为准。",
      "The service period is the whole of {month}, from {term_from} until {term_to}. Charges of other months are those of their own bills.",
    ),
  ),
  "401": clause(
    pair("交付与服务", "Delivery and service"),
    pair(
      "乙方应按其公布的产品说明与服务等级协议提供服务及技术支持；通过网络提供的服务，自开通时视为交付。甲方应妥善保管账号与密钥，依法、合规使用服务。",
      "Party B provides the Services and technical support as described in its published product documentation and service level agreements. Services supplied over a network are delivered when they are activated. Party A keeps its credentials safe and uses the Services lawfully.",
    ),
  ),
  "402": clause(
    pair("交付与服务", "Delivery and service"),
    pair(
      "服务通过网络提供，于甲方使用时交付；服务质量与技术支持适用乙方公布的产品说明与服务等级协议。甲方应妥善保管账号与密钥，依法、合规使用服务。",
      "The Services are supplied over a network and delivered as they are used; quality and technical support are those of Party B's published product documentation and service level agreements. Party A keeps its credentials safe and uses the Services lawfully.",
    ),
  ),
  "403": clause(
    pair("域名服务", "Domain name service"),
    pair(
      "乙方按域名注册管理机构的规则办理服务，是否办理成功，以域名注册管理机构的登记结果为准。未能办理成功的，乙方退还甲方就该项服务已支付的价款。甲方应保证注册信息真实、准确、完整，依法、合规使用域名。",
      "Party B performs the Services under the rules of the domain registry, whose record determines whether they have succeeded. Party B refunds what Party A has paid for a service that did not succeed. Party A keeps the registration data true, accurate and complete and uses the domain name lawfully.",
    ),
  ),
  "411": clause(
    pair("付款前的域名", "The domain name before payment"),
    pair(
      "付款完成前，乙方不办理服务，也不为甲方保留域名 {domain}，该域名可能被他人注册或者取得；因此无法办理的，本合同自该时起失效，双方互不承担违约责任。",
      "Until the order is paid, Party B neither performs the Services nor reserves the domain name {domain}; somebody else may register or acquire it. If that makes the Services impossible, this contract ends there and neither party is liable for breach.",
    ),
  ),
  "412": clause(
    pair("付款前的域名", "The domain name before payment"),
    pair(
      "付款完成前，乙方不办理服务。域名 {domain} 到期后，可能按域名注册管理机构的规则停止解析、进入赎回期或者被删除，删除后可能被他人注册。因此无法办理的，本合同自该时起失效，双方互不承担违约责任。",
      "Until the order is paid, Party B does not perform the Services. Once expired, the domain name {domain} may under the rules of the domain registry stop resolving, enter its redemption period or be deleted, and then be registered by somebody else. If that makes the Services impossible, this contract ends there and neither party is liable for breach.",
    ),
  ),
  "501": clause(
    pair("平台地位", "Role of the platform"),
    pair(
      "本订单经{platform}运营的平台达成。乙方独立提供服务并承担卖方责任；平台运营者提供交易信息与系统支持，不是本合同当事人，但法律另有规定或者平台运营者另有承诺的除外。",
      "The order was placed through the platform operated by {platform}. Party B supplies the Services in its own name and is liable as seller; the platform operator provides transaction information and systems and is not a party to this contract, except where the law provides or the operator has undertaken otherwise.",
    ),
  ),
  "502": clause(
    pair("与订单合同的关系", "Contracts on orders"),
    pair(
      "账单所涉订单另订合同的，服务内容与条件从其约定，本合同载明该月应付金额；同一笔费用不因载入两份合同而重复计算。",
      "Where an order behind the bill has a contract of its own, that contract governs the Services and this one states the amounts of the month. A charge that both cover is due once only.",
    ),
  ),
  "601": clause(
    pair("保密与数据", "Confidentiality and data"),
    pair(
      "双方对因本合同知悉的对方商业秘密负有保密义务，该义务不因本合同终止而消灭。甲方业务数据由甲方控制，乙方仅为提供服务按甲方指示处理，并依法采取必要的安全与个人信息保护措施。",
      "Each party keeps the other's trade secrets confidential, also after this contract ends. Party A controls its business data; Party B processes them only to provide the Services and as instructed, with the safeguards for security and personal information required by law.",
    ),
  ),
  "701": clause(
    pair("违约责任", "Liability"),
    pair(
      "一方违约的，应依法承担继续履行、采取补救措施或者赔偿损失等责任；服务未达到服务等级协议的，按该协议赔偿。除故意、重大过失、造成人身损害及法律规定不得限制的情形外，一方的赔偿总额以合同总额为限。因不可抗力不能履行的，依法免责。",
      "A party in breach is liable by law for performance, remedy or damages; missed service levels are compensated under their agreement. Except for intent, gross negligence, personal injury and where the law forbids a limit, liability is limited to the contract total. Force majeure excuses performance as the law provides.",
    ),
  ),
  "702": clause(
    pair("违约责任", "Liability"),
    pair(
      "一方违约的，应依法承担继续履行、采取补救措施或者赔偿损失等责任；服务未达到服务等级协议的，按该协议赔偿。除故意、重大过失、造成人身损害及法律规定不得限制的情形外，一方的赔偿总额以违约行为发生前十二个月本订单项下的应付价款为限。因不可抗力不能履行的，依法免责。",
      "A party in breach is liable by law for performance, remedy or damages; missed service levels are compensated under their agreement. Except for intent, gross negligence, personal injury and where the law forbids a limit, liability is limited to the amounts payable under the order in the twelve months before the breach. Force majeure excuses performance as the law provides.",
    ),
  ),
  "801": clause(
    pair("取消、解除与终止", "Cancellation and termination"),
    pair(
      "订单被取消的，本合同自取消之时起失效。付款后退款的，本合同留存备查，权利义务依退款结果确定。确需作废的，乙方应说明理由、通知甲方并在核验页面载明。具备法定解除情形的，一方可以依法解除。",
      "If the order is cancelled, this contract is void from that moment. After a refund it is kept on record and the refund determines the parties' rights. Should it have to be voided, Party B states the reason, notifies Party A and shows it on the verification page. Either party may terminate where the law so permits.",
    ),
  ),
  "802": clause(
    pair("核对、更正与解除", "Review, correction and termination"),
    pair(
      "甲方对用量或者金额有异议的，可以要求乙方核对；确有差错的，乙方以退款或者调账方式更正，本合同留存备查，权利义务依更正结果确定。确需作废的，乙方应说明理由、通知甲方并在核验页面载明。具备法定解除情形的，一方可以依法解除。",
      "Party A may ask Party B to review usage and amounts. An error is corrected by a refund or an adjustment; this contract is kept on record and the correction determines the parties' rights. Should it have to be voided, Party B states the reason, notifies Party A and shows it on the verification page. Either party may terminate where the law so permits.",
    ),
  ),
  "901": clause(
    pair("电子签章与生效", "Electronic seal and effectiveness"),
    pair(
      "本合同以数据电文形式订立，甲方以其{account_kind}下单确认，自乙方加盖电子签章时成立并生效。依据《中华人民共和国电子签名法》，可靠的电子签名与手写签名或者盖章具有同等的法律效力。打印件与经核验的电子文件不一致的，以电子文件为准。",
      "This contract is made in electronic form: Party A confirms by ordering from its {account_kind}, and it takes effect when Party B affixes its electronic seal. Under the Electronic Signature Law of the People's Republic of China, a reliable electronic signature has the same legal effect as a handwritten signature or seal. The verified electronic file prevails over any printout.",
    ),
  ),
  "902": clause(
    pair("电子签章与生效", "Electronic seal and effectiveness"),
    pair(
      "本合同以数据电文形式订立，甲方以其{account_kind}申请并确认，自乙方加盖电子签章时成立并生效。依据《中华人民共和国电子签名法》，可靠的电子签名与手写签名或者盖章具有同等的法律效力。打印件与经核验的电子文件不一致的，以电子文件为准。",
      "This contract is made in electronic form: Party A confirms by requesting it from its {account_kind}, and it takes effect when Party B affixes its electronic seal. Under the Electronic Signature Law of the People's Republic of China, a reliable electronic signature has the same legal effect as a handwritten signature or seal. The verified electronic file prevails over any printout.",
    ),
  ),
  "911": clause(
    pair("法律适用与争议解决", "Governing law and disputes"),
    pair(
      "本合同适用中华人民共和国法律。因本合同产生的争议，双方应当友好协商；协商不成的，任何一方可以向乙方住所地有管辖权的人民法院起诉。",
      "This contract is governed by the laws of the People's Republic of China. Disputes that the parties cannot settle amicably may be brought before the competent people's court at the domicile of Party B.",
    ),
  ),
  "921": clause(
    pair("合同文本", "Languages"),
    pair(
      "本合同以中文、英文书写，两种文本不一致的，以中文文本为准。",
      "This contract is written in Chinese and English; if the two differ, the Chinese version prevails.",
    ),
  ),
} as const satisfies Readonly<Record<string, LibraryClause>>;

export type ClauseNumber = keyof typeof CLAUSE_LIBRARY;

/**
 * What a seller may leave out. The others say what is sold, at what price and for how long, who is no party, when the
 * contract ends and takes effect, and which language prevails: without them it would not be the contract that the
 * product shows, holds and verifies.
 */
export const OMITTABLE_CLAUSES: readonly ClauseNumber[] = ["401", "402", "403", "502", "601", "701", "702", "911"];

/** The blanks that every contract has fillings for. */
export const GENERAL_BLANKS: readonly Blank[] = ["account", "account_kind", "buyer", "seller"];

export interface LibraryClause extends Wording {
  /** The blanks that a contract with this clause always has a filling for; another wording of it may use them too. */
  readonly blanks: readonly Blank[];
}

/** In the order of their numbers. */
export const CLAUSE_NUMBERS = Object.keys(CLAUSE_LIBRARY).filter(isClauseNumber);

export function isClauseNumber(text: string): text is ClauseNumber {
  return Object.hasOwn(CLAUSE_LIBRARY, text);
}

/** What a wording of the clause, or one that stands behind it, may leave open: every contract with it can fill these. */
export function blanksAllowedIn(number: ClauseNumber): readonly Blank[] {
  return [...new Set([...CLAUSE_LIBRARY[number].blanks, ...GENERAL_BLANKS])].sort();
}

function clause(title: Localized, text: Localized): LibraryClause {
  return { title, text, blanks: blanksOf(text) };
}

function blanksOf(text: Localized): readonly Blank[] {
  return blanksIn(text["zh-CN"] + text.en).filter(isBlank);
}

function pair(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}
