/** The desk's accounts. */
export const deskAccountsZhCn = {
  heading: "账号",
  lead: "客户账号及其实名认证信息，合同上的甲方名称只取自这里。账号或证件号码从开头填起，名称可填其中一部分。",
  one: "账号 {{account}}",
  back: "返回账号列表",
  search: "查找账号",
  q: "账号、名称或证件号码",
  caption: "账号列表",
  column: {
    account: "账号",
    name: "认证名称",
    registration: "证件号码",
    identity: "实名认证",
    partner: "服务伙伴",
  },
  emptyTitle: "没有找到账号",
  emptyText: "请核对账号、证件号码或名称，或清除条件查看全部账号。",
  counts: "业务概况",
  orMore: "{{count}} 以上",
  openTickets: "处理中的工单",
  newestOrders: "最近的订单",
  allOrders: "查看全部订单",
  noOrders: "该账号还没有订单。",
  newestContracts: "最近的合同",
  allContracts: "查看全部合同",
  noContracts: "该账号还没有合同。",
  bills: "月度账单",
  noBills: "该账号还没有账单。",
} as const;

/** Who a buyer is, beside an order, a contract or on the account's own page. */
export const accountCardZhCn = {
  heading: "买方",
  account: "账号",
  identity: "实名认证",
  state: { verified: "已实名认证", unverified: "未实名认证" },
  legalName: "认证名称",
  kind: "主体类型",
  enterprise: "企业",
  individual: "个人",
  registration: { enterprise: "统一社会信用代码", individual: "证件号码" },
  address: "地址",
  servedBy: "服务伙伴",
  direct: "无，由本公司直接服务",
} as const;

export const evidenceZhCn = {
  heading: "认证材料",
  recorded: "每次打开材料都会记入审计日志，请仅在办理业务需要时查看。",
  none: "没有留存的认证材料。",
  kind: {
    business_licence: "营业执照",
    identity_document: "身份证件",
    bank_verification: "银行账户验证",
    authorisation: "授权书",
    other: "其他材料",
  },
} as const;
