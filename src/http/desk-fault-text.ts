import { faultText as text } from "./fault-text.ts";

/** Faults of what buyers and the desk settle between them: voiding, checklists, tickets, policies. */
export const DESK_FAULT_TEXT = {
  contract_not_archived: text(
    "尚无长期存档文件",
    "Not archived yet",
    "该合同尚未生成长期存档文件，签章文件照常可以下载和核验；如需长期存档，请联系卖方。",
    "There is no archive file of this contract yet; the sealed file is there and as valid. Ask the seller if you need one.",
  ),
  not_logged_yet: text(
    "尚未登入透明日志",
    "Not in the log yet",
    "透明日志中尚无该记录；合同出具或作废后约一秒内登入，请稍后再试。未出具的合同、未作废的合同没有相应记录。",
    "The transparency log has no such entry yet. It is made within a second of issuing or voiding; ask again then. What was not issued, or not voided, has none.",
  ),
  contract_already_void: text(
    "合同已作废",
    "Contract is void already",
    "该合同此前已作废，无须再次操作。",
    "The contract was void before; there is nothing left to do.",
  ),
  checklist_of_unpaid_orders_only: text(
    "仅未付款订单可打印业务清单",
    "For unpaid orders only",
    "业务清单仅供未付款订单打印；该订单可否申请合同，请见订单详情。",
    "The business checklist is for unpaid orders only; whether this one can have a contract stands with the order.",
  ),
  request_instead_of_ticket: text(
    "可直接申请合同",
    "The contract can be requested",
    "该订单可以自助申请合同，无须提交工单。",
    "This order can have its contract by self-service; request it, no ticket is needed.",
  ),
  ticket_closed: text(
    "工单已关闭",
    "The ticket is closed",
    "该工单已处理完毕；如仍有问题，请在订单页重新提交工单。",
    "The ticket was settled; if something is left, open another one from the order.",
  ),
  ticket_assigned_to_other: text(
    "工单由他人处理中",
    "Somebody else has the ticket",
    "该工单已由其他同事领取；如需由您办理，请接手该工单。",
    "Somebody else is working on this ticket; take it over if it is to be yours.",
  ),
  not_a_pdf: text(
    "不是可用的 PDF",
    "Not a usable PDF",
    "只接受能正常打开、未加密且不含脚本的 PDF 文件，请重新导出或扫描后再上传。",
    "Only PDF files are taken that open normally, are not encrypted and hold no scripts; export or scan it again.",
  ),
  pdf_needed: text(
    "缺少已签署的 PDF",
    "The signed PDF is missing",
    "该工单须上传双方签署的合同 PDF（Content-Type: application/pdf）才能办结，或填写理由予以退回。",
    "This ticket is resolved with the signed PDF (Content-Type: application/pdf), or rejected with a reason.",
  ),
  no_pdf_wanted: text(
    "该工单无须上传合同",
    "No PDF is wanted here",
    "该工单用于跟进逾期付款，办结时无须上传合同。",
    "This ticket is about a late payment; it is resolved without a file.",
  ),
  file_is_another_contract: text(
    "文件已是另一合同",
    "The file is another contract",
    "该文件已是系统中一份合同的文件，请上传本订单双方签署的合同。",
    "This very file is a contract's document already; upload the contract that was signed for this order.",
  ),
  too_many_attachments: text(
    "附件过多",
    "Too many attachments",
    "一个工单最多可有 20 个附件，请合并文件，或另行提交工单。",
    "A ticket holds 20 attachments at most; put files together or open another ticket.",
  ),
  seller_not_known: text(
    "卖方尚未登记",
    "The seller is not known",
    "该订单的卖方尚未登记，无法编号；请先登记卖方。",
    "The order's seller is not known here, so that its contract gets no number; create the seller first.",
  ),
  no_policy_draft: text(
    "没有待发布的规则草稿",
    "There is no policy draft",
    "目前没有待发布的规则草稿，请先拟定草稿。",
    "No draft waits to be published; write one first.",
  ),
  second_person_needed: text(
    "须由另一人发布",
    "A second person is needed",
    "草稿须由拟稿人以外的人发布，请交由另一位同事复核后发布。",
    "Who writes a draft does not publish it; ask a colleague to look it over and publish it.",
  ),
  policy_draft_outdated: text(
    "规则草稿已过时",
    "The policy draft is outdated",
    "草稿拟定之后规则已有新版本，直接发布会撤销其中的变更；请基于最新版本重新拟定。",
    "Another version was published after the draft was written, and publishing it would undo that one; draft it anew.",
  ),
  no_wording_draft: text(
    "没有待发布的条款草稿",
    "There is no draft of the wording",
    "该卖方目前没有待发布的条款措辞草稿，请先拟定草稿。",
    "No draft of the seller's wording waits to be published; write one first.",
  ),
  wording_draft_outdated: text(
    "条款草稿已过时",
    "The draft of the wording is outdated",
    "草稿拟定之后条款措辞已有新版本，直接发布会撤销其中的变更；请基于最新版本重新拟定。",
    "Another version was published after the draft was written, and publishing it would undo that one; draft it anew.",
  ),
  wording_draft_changes_nothing: text(
    "草稿与现行条款一致",
    "The draft changes nothing",
    "草稿内容与现行条款措辞完全一致，无须发布。",
    "The draft says what the current wording says already; there is nothing to publish.",
  ),
  webhook_address_refused: text(
    "回调地址不可用",
    "The address is not sent to",
    "该回调地址不可用，请按说明更换。",
    "Nothing is sent to this address; give another one.",
  ),
  too_many_webhook_endpoints: text(
    "回调端点过多",
    "Too many webhook endpoints",
    "回调端点最多可设 100 个，请先删除不再使用的端点。",
    "There can be 100 endpoints at most; delete one that is not used any more.",
  ),
  policy_draft_changes_nothing: text(
    "草稿与现行规则一致",
    "The draft changes nothing",
    "草稿内容与现行规则完全一致，无须发布。",
    "The draft says what the current policy says already; there is nothing to publish.",
  ),
} as const;
