/** The desk's contracts. */
export const deskContractsZhCn = {
  heading: "合同",
  lead: "全部客户的合同及其当前效力。查找时，编号和账号从开头填起。",
  back: "返回合同列表",
  filters: "查找合同",
  filter: { q: "合同编号、订单号或账号", state: "出具状态", kind: "类型", account: "账号" },
  state: { issued: "已出具", issuing: "出具中", timestamp_pending: "等待时间戳" },
  kind: { order: "订单合同", bill: "账单合同", offline: "线下合同" },
  caption: "合同列表",
  column: {
    number: "合同编号",
    account: "买方账号",
    subject: "订单或账单",
    requested: "申请时间",
    standing: "当前效力",
  },
  heldUntil: "付款期限",
  emptyTitle: "没有符合条件的合同",
  emptyText: "编号须从开头填起；也可清除部分条件后再查。",
  archive: "长期保存",
  archived: "已归档（{{level}}）",
  notArchived: "尚未归档",
  archiveFile: "下载归档文件",
  verify: "核验这份合同",
} as const;

export const voidingZhCn = {
  open: "作废合同",
  title: "作废合同 {{number}}",
  atOnce: "合同自确认之时起作废，不能撤销。文件保留，仍可下载。",
  seen: "作废及其原因对买方可见；任何人核验这份合同时，都会看到已作废和原因。",
  occupied: {
    order: "订单仍被这份合同占用，不能重新申请合同。",
    bill: "账单仍被这份合同占用，不能重新申请合同。",
  },
  freed: {
    order: "按现行规则，作废后该订单可以重新申请合同。",
    bill: "按现行规则，作废后该账单可以重新申请合同。",
  },
  twoAbove:
    "合同金额超过 {{limits}} 的，以及币种未设限额或未载明金额的，须双人复核：提交后由另一位同事批准，批准时才作废。",
  alwaysTwo: "作废须双人复核：提交后由另一位同事批准，批准时才作废。",
  reason: "作废原因",
  reasonHint: "将原样展示给买方和核验人，请勿填写内部信息或个人信息",
  reasonMissing: "请填写作废原因。",
  confirm: "确认作废",
  done: { voided: "合同已作废。", proposed: "已提请复核，合同目前仍然有效，待另一位同事批准后作废。" },
  toApprovals: "查看待复核事项",
} as const;
