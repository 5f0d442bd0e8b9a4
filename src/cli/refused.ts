import { LARGEST_ATTACHMENT, MOST_ATTACHMENTS } from "../application/answer-ticket.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Localized } from "../domain/localized.ts";
import { nextStepOf, RULE_OF } from "../domain/refusal.ts";
import { nextStepText, refusalText } from "../domain/refusal-text.ts";
import { nextStepLine } from "./decision-line.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";

const LARGEST_MEGABYTES = LARGEST_ATTACHMENT / 1024 / 1024;

/** What a command cannot do as things are, by the codes that the API answers with. */
const SENTENCES = {
  order_not_found: text(
    "没有该订单；orderseal orders list 可列出全部订单。",
    "There is no such order; orderseal orders list shows the orders.",
  ),
  bill_not_found: text(
    "没有该账单；orderseal bills list 可列出全部账单。",
    "There is no such bill; orderseal bills list shows the bills.",
  ),
  contract_not_found: text(
    "没有该合同；orderseal contracts list 可列出全部合同。",
    "There is no such contract; orderseal contracts list shows the contracts.",
  ),
  ticket_not_found: text(
    "没有该工单；orderseal tickets list 可列出全部工单。",
    "There is no such ticket; orderseal tickets list shows the tickets.",
  ),
  account_not_found: text(
    "没有该账号；请先用 PUT /v1/accounts/{account} 登记。",
    "There is no such account; create it with PUT /v1/accounts/{account} first.",
  ),
  evidence_not_found: text(
    "没有该份材料；orderseal accounts evidence list <account> 可列出全部材料。",
    "There is no such evidence; orderseal accounts evidence list <account> shows what there is.",
  ),
  not_evidence: text(
    "只接受能正常打开的 PDF、PNG 或 JPEG 文件，或 JSON 格式的认证结果。",
    "Evidence is a PDF, PNG or JPEG that opens normally, or facts in JSON.",
  ),
  too_much_evidence: text("每个账号最多保存 20 份实名认证材料。", "An account holds 20 pieces of evidence at most."),
  evidence_unreadable: text(
    "该账号的材料无法解密：数据被改动，或加密所用的主密钥不在（ORDERSEAL_MASTER_KEY）。",
    "The account's evidence cannot be opened: it was altered, or the master key that locked it is not at hand (ORDERSEAL_MASTER_KEY).",
  ),
  policy_version_not_found: text(
    "没有该版本的规则；orderseal policy show 显示现行版本。",
    "The policy has no such version; orderseal policy show shows the current one.",
  ),
  contract_not_archived: text(
    "该合同尚无长期存档文件；orderseal doctor 显示原因，签章文件可不带 --archive 下载。",
    "There is no archive of the contract yet; orderseal doctor says why. Without --archive you get the sealed file.",
  ),
  not_logged_yet: text(
    "透明日志中尚无该记录；服务运行时，合同出具或作废后约一秒内登入。",
    "The transparency log has no such entry yet; while the service runs, it is made within a second of issuing or voiding.",
  ),
  contract_already_void: text(
    "该合同此前已作废，无须再次操作。",
    "The contract was void before; there is nothing left to do.",
  ),
  key_without_certificate: text(
    "该密钥尚无证书，不能提交复核；请先执行 orderseal keys install。",
    "The key has no certificate yet, and cannot be proposed; run orderseal keys install first.",
  ),
  draft_replaced: text(
    "您复核的草稿已被新的草稿替换，请查看新草稿后再发布。",
    "The draft that you have looked over was replaced by another one; look at that one before you publish it.",
  ),
  proposal_not_found: text(
    "没有该待复核申请；orderseal proposals list 可列出全部申请。",
    "There is no such proposal; orderseal proposals list shows what was proposed.",
  ),
  proposal_decided: text(
    "该申请已有结论，无须再次操作。",
    "The proposal was decided before; there is nothing left to do.",
  ),
  proposal_of_somebody_else: text(
    "只有提交人可以撤回；如不同意，请驳回：orderseal proposals reject <id>。",
    "Only whoever proposed it can take it back; to turn it down: orderseal proposals reject <id>.",
  ),
  contract_being_sealed: text("该合同正在签章，请稍后再试。", "The contract is being sealed; try again in a moment."),
  checklist_of_unpaid_orders_only: text(
    "业务清单仅供未付款订单打印；该订单可否申请合同，请用 orderseal explain <order> 查看。",
    "The business checklist is for unpaid orders only; orderseal explain <order> says whether it can have a contract.",
  ),
  request_instead_of_ticket: text(
    "该订单可以自助申请合同，无须提交工单：orderseal request <order>。",
    "This order can have its contract by self-service, no ticket is needed: orderseal request <order>.",
  ),
  ticket_closed: text(
    "该工单已处理完毕；如仍有问题，请就该订单重新提交工单：orderseal tickets open <order>。",
    "The ticket was settled; if something is left, open another one: orderseal tickets open <order>.",
  ),
  ticket_assigned_to_other: text(
    "该工单由 {name} 处理中；如需改派，请加上 --from “{name}”。",
    'It is {name} who works on this ticket; to take it from them, say --from "{name}".',
  ),
  not_a_pdf: text(
    "只接受能正常打开、未加密且不含脚本的 PDF 文件，请重新导出或扫描。",
    "Only PDF files are taken that open normally, are not encrypted and hold no scripts; export or scan it again.",
  ),
  too_large: text(
    `PDF 不得超过 ${LARGEST_MEGABYTES} MB，请压缩后重试。`,
    `The PDF must not be larger than ${LARGEST_MEGABYTES} MB; make it smaller.`,
  ),
  too_many_attachments: text(
    `一个工单最多可有 ${MOST_ATTACHMENTS} 个附件，请合并后再上传。`,
    `A ticket holds ${MOST_ATTACHMENTS} attachments at most; put files together.`,
  ),
  too_many_requests: text(
    "待检查的文件过多，请稍后再试。",
    "Too many files wait to be checked; try again in a moment.",
  ),
  pdf_needed: text(
    "该工单须凭双方签署的合同 PDF 办结：orderseal tickets resolve <id> <signed.pdf>。",
    "This ticket is resolved with the signed PDF: orderseal tickets resolve <id> <signed.pdf>.",
  ),
  no_pdf_wanted: text(
    "该工单用于跟进逾期付款，办结时无须上传合同：orderseal tickets resolve <id>。",
    "This ticket is about a late payment; it is resolved without a file: orderseal tickets resolve <id>.",
  ),
  file_is_another_contract: text(
    "该文件已是系统中一份合同的文件，请提供本订单双方签署的合同。",
    "This very file is a contract's document already; name the contract that was signed for this order.",
  ),
  seller_not_known: text(
    "该订单的卖方尚未登记，无法编号；请先登记卖方。",
    "The order's seller is not known here, so that its contract gets no number; create the seller first.",
  ),
  no_policy_draft: text(
    "目前没有规则草稿，请先拟定：orderseal policy draft FILE。",
    "There is no policy draft; write one first: orderseal policy draft FILE.",
  ),
  second_person_needed: text(
    "草稿须由拟稿人以外的人发布，请交由另一位同事复核后发布。",
    "Who writes a draft does not publish it; ask a colleague to look it over and publish it.",
  ),
  policy_draft_outdated: text(
    "草稿拟定之后规则已有新版本，直接发布会撤销其中的变更；请基于最新版本重新拟定。",
    "Another version was published after the draft was written, and publishing it would undo that one; draft it anew.",
  ),
  seller_not_found: text(
    "没有该卖方，请核对 --seller 后的编号，或先用 PUT /v1/sellers/{seller} 登记；keys request 也可以用 --organization 写明登记名称。",
    "There is no such seller; check the id after --seller, or create it with PUT /v1/sellers/{seller}. keys request also takes a registered name as --organization.",
  ),
  wording_version_not_found: text(
    "该卖方没有该版本的条款措辞；orderseal wording show 显示现行版本。",
    "The seller's wording has no such version; orderseal wording show shows the current one.",
  ),
  no_wording_draft: text(
    "该卖方目前没有条款措辞草稿，请先拟定：orderseal wording draft FILE。",
    "The seller has no draft of its wording; write one first: orderseal wording draft FILE.",
  ),
  wording_draft_outdated: text(
    "草稿拟定之后条款措辞已有新版本，直接发布会撤销其中的变更；请基于最新版本重新拟定。",
    "Another version was published after the draft was written, and publishing it would undo that one; draft it anew.",
  ),
  wording_draft_changes_nothing: text(
    "草稿内容与现行条款措辞完全一致，未保存。",
    "The draft says what the current wording says already; nothing was drafted.",
  ),
  webhook_endpoint_not_found: text(
    "没有该回调端点；orderseal webhooks list 可列出全部端点。",
    "There is no such webhook endpoint; orderseal webhooks list shows the endpoints.",
  ),
  too_many_webhook_endpoints: text(
    "回调端点最多可设 100 个，请先删除不再使用的端点。",
    "There can be 100 webhook endpoints at most; delete one that is not used any more.",
  ),
  nothing_to_replay: text(
    "该端点没有可重新推送的事件，请核对序号；orderseal events list 可列出全部事件。",
    "Nothing of this is for the endpoint; check the numbers. orderseal events list shows the events.",
  ),
  policy_draft_changes_nothing: text(
    "草稿内容与现行规则完全一致，未保存。",
    "The draft says what the current policy says already; nothing was drafted.",
  ),
} as const satisfies Record<string, Localized>;
type RefusedCode = keyof typeof SENTENCES;

/** One sentence on standard error; for machines `{code, sentence}` on standard output. `name` is of whom it speaks. */
export function refuse(terminal: Terminal, json: boolean, code: RefusedCode, name = ""): ExitCode {
  const sentence = SENTENCES[code][terminal.language].replaceAll("{name}", () => name);
  if (json) terminal.out(`${JSON.stringify({ code, sentence })}\n`);
  else terminal.err(`${sentence}\n`);
  return EXIT.refused;
}

/** A refusal of the ladder with its rule, its policy version and the way out (R24). */
export function refuseDecision(terminal: Terminal, json: boolean, { refusal, policyVersion }: Refuse): ExitCode {
  const { code } = refusal;
  const [rule, nextStep] = [RULE_OF[code], nextStepOf(refusal)];
  const sentence = refusalText(refusal)[terminal.language];
  if (json) {
    terminal.out(`${JSON.stringify({ code, rule, policyVersion, sentence, nextStep: nextStepLine(nextStep) })}\n`);
  } else {
    terminal.err(`${code} (${rule}): ${sentence}\n${nextStepText(nextStep).sentence[terminal.language]}\n`);
  }
  return EXIT.refused;
}

/** Input that can be read as an argument but not be taken. */
export function refuseInput(terminal: Terminal, json: boolean, { field, message }: InputFault): ExitCode {
  const sentence = message[terminal.language];
  if (json) terminal.out(`${JSON.stringify({ code: "invalid_input", field, sentence })}\n`);
  else terminal.err(`${sentence}\n`);
  return EXIT.refused;
}

function text(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}
