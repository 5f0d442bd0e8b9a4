import type { RefusalCode } from "../domain/refusal.ts";
import { DESK_FAULT_TEXT } from "./desk-fault-text.ts";
import { type FaultText, faultText as text } from "./fault-text.ts";
import { IDENTITY_FAULT_TEXT } from "./identity-fault-text.ts";
import { PROFILE_FAULT_TEXT } from "./profile-fault-text.ts";

/** What can go wrong besides the refusals of the ladder. */
export type FaultCode =
  | "not_found"
  | "invalid_input"
  | "idempotency_key_reused"
  | "request_still_running"
  | "contract_being_sealed"
  | "contract_not_archived"
  | "not_logged_yet"
  | "contract_already_void"
  | "proposal_decided"
  | "draft_replaced"
  | "checklist_of_unpaid_orders_only"
  | "request_instead_of_ticket"
  | "ticket_closed"
  | "ticket_assigned_to_other"
  | "not_a_pdf"
  | "pdf_needed"
  | "no_pdf_wanted"
  | "file_is_another_contract"
  | "too_many_attachments"
  | "seller_not_known"
  | "no_policy_draft"
  | "second_person_needed"
  | "policy_draft_outdated"
  | "policy_draft_changes_nothing"
  | "no_wording_draft"
  | "wording_draft_outdated"
  | "wording_draft_changes_nothing"
  | "webhook_address_refused"
  | "too_many_webhook_endpoints"
  | "not_evidence"
  | "too_much_evidence"
  | "evidence_unreadable"
  | "keys_unavailable"
  | "profile_changed"
  | "too_many_profiles"
  | "profiles_unreadable"
  | "not_signed_in"
  | "not_allowed"
  | "embedding_not_set_up"
  | "cross_site_request"
  | "misdirected_request"
  | "too_large"
  | "unsupported_media_type"
  | "too_many_requests"
  | "temporarily_unavailable"
  | "outcome_unknown"
  | "storage_unavailable"
  | "document_damaged"
  | "broken";

export type ProblemCode = RefusalCode | FaultCode;

/** The one place where a code meets an HTTP status; a new code does not build until it has a row. */
export const STATUS_OF = {
  served_by_partner: 403,
  already_contracted: 409,
  order_cancelled: 409,
  order_expired: 409,
  order_refunded: 409,
  order_type_not_contractable: 422,
  identity_not_verified: 403,
  seller_cannot_seal: 422,
  product_not_self_service: 422,
  unpaid_domain_service_not_allowed: 422,
  bill_not_final: 409,
  timestamp_unavailable: 503,
  not_found: 404,
  invalid_input: 422,
  idempotency_key_reused: 422,
  request_still_running: 409,
  contract_being_sealed: 409,
  contract_not_archived: 404,
  not_logged_yet: 404,
  contract_already_void: 409,
  proposal_decided: 409,
  draft_replaced: 409,
  checklist_of_unpaid_orders_only: 409,
  request_instead_of_ticket: 409,
  ticket_closed: 409,
  ticket_assigned_to_other: 409,
  not_a_pdf: 422,
  pdf_needed: 422,
  no_pdf_wanted: 422,
  file_is_another_contract: 409,
  too_many_attachments: 409,
  seller_not_known: 409,
  no_policy_draft: 409,
  second_person_needed: 403,
  policy_draft_outdated: 409,
  policy_draft_changes_nothing: 409,
  no_wording_draft: 409,
  wording_draft_outdated: 409,
  wording_draft_changes_nothing: 409,
  webhook_address_refused: 422,
  too_many_webhook_endpoints: 409,
  not_evidence: 422,
  too_much_evidence: 409,
  evidence_unreadable: 500,
  keys_unavailable: 503,
  profile_changed: 409,
  too_many_profiles: 409,
  profiles_unreadable: 500,
  not_signed_in: 401,
  not_allowed: 403,
  embedding_not_set_up: 409,
  cross_site_request: 403,
  misdirected_request: 421,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  temporarily_unavailable: 503,
  outcome_unknown: 503,
  storage_unavailable: 503,
  document_damaged: 500,
  broken: 500,
} as const satisfies Record<ProblemCode, number>;

/** Of what passes by itself: after how many seconds to ask again (RFC 9110, 10.2.3). */
export const RETRY_AFTER_SECONDS: Partial<Record<ProblemCode, number>> = {
  timestamp_unavailable: 5,
  temporarily_unavailable: 2,
  outcome_unknown: 2,
  request_still_running: 1,
  storage_unavailable: 10,
  keys_unavailable: 5,
  not_logged_yet: 1,
};

export const FAULT_TEXT = {
  ...DESK_FAULT_TEXT,
  ...IDENTITY_FAULT_TEXT,
  ...PROFILE_FAULT_TEXT,
  not_found: text(
    "未找到",
    "Not found",
    "没有找到对应的内容，请核对编号是否正确。",
    "There is nothing under this number; check the number.",
  ),
  invalid_input: text(
    "输入有误",
    "Invalid input",
    "输入有误，请按说明修改。",
    "The input is not valid; mend it as told.",
  ),
  idempotency_key_reused: text(
    "幂等键已被使用",
    "Idempotency key used before",
    "该 Idempotency-Key 已用于另一请求，请为新请求换一个新的键。",
    "This Idempotency-Key was used for another request; send a new key with a new request.",
  ),
  request_still_running: text(
    "请求仍在处理",
    "Request still running",
    "使用该 Idempotency-Key 的首次请求仍在处理，请稍后以相同的键重试，即可得到首次请求的结果。",
    "The first request with this Idempotency-Key has not ended yet; send it again in a moment to get its answer.",
  ),
  contract_being_sealed: text(
    "合同正在签章",
    "Contract is being sealed",
    "合同已受理，正在加盖电子签章，请稍后再下载。",
    "The contract is decided and being sealed; download it in a moment.",
  ),
  not_signed_in: text(
    "尚未登录",
    "Not signed in",
    "请先登录，或在 Authorization 请求头中提供 API 密钥。",
    "Sign in, or send an API key in the Authorization header.",
  ),
  not_allowed: text("没有权限", "Not allowed", "当前身份无权执行此操作。", "Your role may not do this."),
  proposal_decided: text(
    "该申请已有结论",
    "Decided before",
    "该待复核申请已被批准、驳回或撤回，无须再次操作。",
    "The proposal was approved, rejected or withdrawn before; there is nothing left to decide.",
  ),
  draft_replaced: text(
    "草稿已被替换",
    "The draft was replaced",
    "您复核的草稿已被新的草稿替换，请查看新草稿后再发布。",
    "The draft that you have looked over was replaced by another one; look at that one before you publish it.",
  ),
  embedding_not_set_up: text(
    "尚未开通页面嵌入",
    "Embedding is not set up",
    "本服务未设置允许嵌入的来源：请由运维人员设置 ORDERSEAL_EMBED_ORIGINS，或不使用 embed 而直接跳转。",
    "No origin may show the console in a frame: set ORDERSEAL_EMBED_ORIGINS, or leave embed out and redirect the buyer instead.",
  ),
  cross_site_request: text(
    "跨站请求被拒绝",
    "Cross-site request refused",
    "该请求来自其他网站，已被拒绝，请在本站页面中操作。",
    "The request came from another site and was refused; use this site's own pages.",
  ),
  misdirected_request: text(
    "地址有误",
    "Misdirected request",
    "请求的主机名不属于本服务，请使用启动时显示的地址。",
    "The request names a host that is not this service; use the address shown at its start.",
  ),
  too_large: text("内容过大", "Too large", "提交的内容超过大小限制。", "What was sent is larger than allowed."),
  unsupported_media_type: text(
    "不支持的内容类型",
    "Unsupported content type",
    "不支持该 Content-Type，请查看接口文档。",
    "This Content-Type is not supported here; see the API's documentation.",
  ),
  too_many_requests: text(
    "请求过于频繁",
    "Too many requests",
    "请求过于频繁，请稍后重试。",
    "Too many requests; try again in a moment.",
  ),
  temporarily_unavailable: text(
    "服务暂不可用",
    "Temporarily unavailable",
    "系统暂时无法处理该请求，请稍后重试；重试时请沿用原来的 Idempotency-Key。",
    "The service cannot work on this at present; try again in a moment, with the same Idempotency-Key if there was one.",
  ),
  outcome_unknown: text(
    "处理结果未知",
    "Outcome not known",
    "保存过程中数据库连接中断，本次操作是否生效尚不确定；请先查询结果，或沿用原来的 Idempotency-Key 重试，不会重复处理。",
    "The connection to the database broke while this was being saved, and whether it was is not known; look first, or repeat it with the same Idempotency-Key, which does nothing twice.",
  ),
  storage_unavailable: text(
    "文件存储暂不可用",
    "Files cannot be stored or read at present",
    "文件存储暂不可用，本次操作未生效，已有合同和文件不受影响；请稍后重试。",
    "The store of files is not available at present. Nothing was changed, and no file is lost; try again in a moment.",
  ),
  document_damaged: text(
    "文件已损坏，停止提供",
    "The file is damaged and not given out",
    "存储的文件缺失，或内容与签发时不一致，因此不予提供。系统已记录并告警；合同本身的效力不受影响，请联系卖方恢复文件。",
    "The stored file is missing, or is not what was issued, so it is not given out. This was logged for whoever runs the service; the contract itself stands. Ask the seller to restore the file.",
  ),
  broken: text(
    "系统故障",
    "Something broke",
    "系统出现故障，已记录；请稍后重试，未完成的操作不会生效一半。",
    "Something broke on our side and was logged; try again later, nothing is left half-done.",
  ),
} as const satisfies Record<FaultCode, FaultText>;
