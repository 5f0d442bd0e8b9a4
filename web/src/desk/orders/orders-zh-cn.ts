/** The desk's orders. */
export const deskOrdersZhCn = {
  heading: "订单",
  lead: "全部客户的订单：属于哪个账号、能否申请合同、不能的原因和下一步。",
  back: "返回订单列表",
  itself: "订单内容与判定",
  filters: "查找订单",
  filter: { q: "订单号或域名", state: "状态", product: "产品代码", account: "账号" },
  caption: "订单列表",
  column: {
    order: "订单",
    account: "买方账号",
    content: "产品",
    amount: "金额",
    state: "状态",
    contract: "合同判定",
  },
  emptyTitle: "没有符合条件的订单",
  emptyText: "请核对订单号、域名、产品代码与账号，或清除部分条件后再查。",
} as const;
