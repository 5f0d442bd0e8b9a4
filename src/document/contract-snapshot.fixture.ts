import type { BusinessChecklist } from "../domain/business-checklist.ts";
import { clausesOf, type SnapshotClause } from "../domain/contract-clauses.ts";
import type { ContractSnapshot, SnapshotAmounts, SnapshotLine, SnapshotOrder } from "../domain/contract-snapshot.ts";
import { pickClauses } from "../domain/contract-template.ts";
import { momentText, monthText } from "../domain/local-time.ts";
import { termFillings } from "../domain/order-clauses.ts";
import { PLAIN_SEAL } from "../domain/seal-design.ts";
import type { SnapshotParty } from "../domain/snapshot-parties.ts";
import { NOTHING_FILLED_IN } from "../domain/snapshot-parties.ts";

const SELLER: SnapshotParty = {
  nameZh: "杭州示例云计算有限公司",
  nameEn: "Hangzhou Example Cloud Computing Co., Ltd.",
  registrationNumber: "91330106MA2CFEXM0X",
  addressZh: "浙江省杭州市西湖区文三路 199 号创业大厦 12 层",
  addressEn: "12/F, Chuangye Building, 199 Wensan Road, Xihu District, Hangzhou, Zhejiang",
  ...NOTHING_FILLED_IN,
  contact: "合同服务台 contracts@seller.example · 0571-5550 0199",
};

export const BUYER: SnapshotParty = {
  nameZh: "上海澄远精密制造股份有限公司",
  nameEn: "Shanghai Chengyuan Precision Manufacturing Co., Ltd.",
  registrationNumber: "91310115MA1K4EXM7Q",
  addressZh: "上海市浦东新区张江路 88 号 3 幢",
  addressEn: "Building 3, 88 Zhangjiang Road, Pudong New Area, Shanghai",
  contact: "采购部 林一",
  postalAddress: "上海市浦东新区张江路 88 号 3 幢 采购部",
  phone: "021-5550 0188",
  email: "lin.yi@buyer.example",
};

/** A paid one-year order of one line, contract requested 2026-11-23 10:02:16 in Shanghai. */
export function snapshotFixture(changes: Partial<ContractSnapshot> = {}): ContractSnapshot {
  const snapshot: ContractSnapshot = {
    ...PAID_ORDER,
    lines: [lineFixture(0)],
    order: orderFixture(),
    clauses: [],
    ...changes,
  };
  return { ...snapshot, clauses: changes.clauses ?? clauseFixture(snapshot) };
}

/** The clauses that the snapshot would have been frozen with. */
function clauseFixture(snapshot: ContractSnapshot): readonly SnapshotClause[] {
  const { template, language, order, platform, term, timeZone, bill } = snapshot;
  const picked = pickClauses({
    template,
    language,
    payAsYouGo: order?.billing === "pay_as_you_go",
    paid: (order?.paidAt ?? null) !== null,
    platformKnown: platform !== null,
    domainKnown: (order?.domainName ?? null) !== null,
    domainService: order?.domainService ?? null,
    term: term === null ? "none" : term.endsAt === null ? "open" : "fixed",
  });
  const same = (text: string) => ({ "zh-CN": text, en: text });
  return clausesOf(picked, null, {
    account: same(snapshot.buyerAccount),
    account_kind: snapshot.buyerVerified
      ? { "zh-CN": "经实名认证的账号", en: "identity-verified account" }
      : { "zh-CN": "账号", en: "account" },
    domain: same(order?.domainName ?? ""),
    ...termFillings(term, timeZone),
    ...(order?.paidAt ? { paid_at: momentText(order.paidAt, timeZone) } : {}),
    ...(bill ? { month: monthText(bill.cycle) } : {}),
    ...(platform ? { platform: { "zh-CN": platform.nameZh, en: platform.nameEn } } : {}),
  });
}

const PAID_ORDER = {
  schema: "orderseal.contract/1",
  number: "ACME-202611-000042-K",
  language: "zh-CN+en",
  template: "order/1",
  policyVersion: 1,
  requestedAt: "2026-11-23T02:02:16Z",
  timeZone: "Asia/Shanghai",
  seller: SELLER,
  buyer: BUYER,
  buyerAccount: "1029384756610293",
  purchaseOrder: "",
  buyerVerified: true,
  platform: null,
  wordingVersion: 0,
  seal: PLAIN_SEAL,
  bill: null,
  term: { startsAt: "2026-10-12T02:15:30Z", endsAt: "2027-10-12T16:00:00Z" },
  currency: "CNY",
  amounts: { list: "18805.00", discount: "2821.00", tax: "904.75", total: "15984.00" },
  holdUntil: null,
  warnings: [],
  replaces: null,
  verificationUrl: "https://verify.seller.example/c/ACME-202611-000042-K",
  demo: false,
} satisfies Partial<ContractSnapshot>;

function orderFixture(changes: Partial<SnapshotOrder> = {}): SnapshotOrder {
  return {
    id: "2026101200187733",
    type: "new",
    billing: "subscription",
    placedAt: "2026-10-12T02:13:05Z",
    paidAt: "2026-10-12T02:15:30Z",
    domainName: null,
    domainService: null,
    ...changes,
  };
}

const PRODUCTS = [
  ["ecs", "云服务器 ECS", "Elastic Compute Service", "ecs.g8i.2xlarge · cn-hangzhou · SystemDisk 100 cloud_essd"],
  ["rds", "云数据库 RDS", "Managed relational database", "mysql.n4.xlarge.2c · cn-hangzhou · 200 GB · MySQL 8.0"],
  ["oss", "对象存储 OSS 资源包", "OSS storage plan", "标准存储（同城冗余） 5 TB · 中国内地通用"],
  ["ddos", "DDoS 防护", "DDoS protection", "30 Gbps 保底 · 100 Mbps 业务带宽 · BGP"],
] as const;

export function lineFixture(index: number, changes: Partial<SnapshotLine> = {}): SnapshotLine {
  const [product, nameZh, nameEn, description] = PRODUCTS[index % PRODUCTS.length] ?? PRODUCTS[0];
  return {
    line: String(index + 1),
    product,
    nameZh,
    nameEn,
    description,
    quantity: index % 3 === 1 ? "12" : "1",
    term: { startsAt: "2026-10-12T02:15:30Z", endsAt: "2027-10-12T16:00:00Z" },
    amounts: { list: "18805.00", discount: "2821.00", tax: "904.75", total: "15984.00" },
    ...changes,
  };
}

/** An order of `count` lines whose sums are right. */
export function manyLines(count: number, currency = "CNY"): Pick<ContractSnapshot, "lines" | "amounts" | "currency"> {
  const digits = currency === "JPY" ? 0 : 2;
  const lines = Array.from({ length: count }, (_, index) => {
    const list = 188_050n + BigInt(index * 7919);
    const discount = index % 2 === 0 ? list / 10n : 0n;
    return { list, discount, tax: ((list - discount) * 6n) / 106n, total: list - discount };
  });
  const text = (pick: (line: (typeof lines)[number]) => bigint): string =>
    decimal(
      lines.reduce((sum, line) => sum + pick(line), 0n),
      digits,
    );
  return {
    currency,
    lines: lines.map((line, index) => lineFixture(index, { amounts: amountsOf(line, digits) })),
    amounts: {
      list: text((line) => line.list),
      discount: text((line) => line.discount),
      tax: text((line) => line.tax),
      total: text((line) => line.total),
    },
  };
}

/** Pay-as-you-go: a start, no end, no amounts (R12). */
export function payAsYouGoFixture(changes: Partial<ContractSnapshot> = {}): ContractSnapshot {
  const term = { startsAt: "2026-10-12T02:15:30Z", endsAt: null };
  return snapshotFixture({
    template: "pay-as-you-go/1",
    order: orderFixture({ billing: "pay_as_you_go" }),
    term,
    lines: [0, 1].map((index) => lineFixture(index, { amounts: null, term })),
    amounts: null,
    ...changes,
  });
}

/** Unpaid and held for 30 days (R8). */
export function unpaidFixture(changes: Partial<ContractSnapshot> = {}): ContractSnapshot {
  return snapshotFixture({
    order: orderFixture({ paidAt: null }),
    holdUntil: "2026-12-23T16:00:00Z",
    warnings: ["unpaid_order_is_held"],
    ...changes,
  });
}

/** An order for a domain name, paid (R15). */
export function domainFixture(changes: Partial<ContractSnapshot> = {}, service = "registration"): ContractSnapshot {
  const amounts = { list: "83.00", discount: "0.00", tax: "4.70", total: "83.00" };
  const line = lineFixture(0, {
    product: "domain",
    nameZh: "域名服务",
    nameEn: "Domain name service",
    description: "chengyuan-precision.cn · 1 年",
    amounts,
  });
  return snapshotFixture({
    template: "domain/1",
    order: orderFixture({ domainName: "chengyuan-precision.cn", domainService: service }),
    lines: [line],
    amounts,
    ...changes,
  });
}

/** A domain service requested before it is paid (R16, R17); a registration unless said otherwise. */
export function unpaidDomainFixture(
  changes: Partial<ContractSnapshot> = {},
  service = "registration",
): ContractSnapshot {
  return domainFixture({
    order: orderFixture({ paidAt: null, domainName: "chengyuan-precision.cn", domainService: service }),
    holdUntil: "2026-12-23T16:00:00Z",
    warnings: ["unpaid_order_is_held", "domain_can_be_lost_until_paid"],
    ...changes,
  });
}

/** Sold by an independent seller through the platform of another company, which is named and is no party (R18). */
export function marketplaceFixture(changes: Partial<ContractSnapshot> = {}): ContractSnapshot {
  const line = lineFixture(0, {
    product: "market-image",
    nameZh: "数据脱敏网关 企业版",
    nameEn: "Data masking gateway, enterprise edition",
    description: "镜像商品 · 4 vCPU 授权 · 1 年",
  });
  return snapshotFixture({
    template: "marketplace/1",
    seller: {
      ...SELLER,
      nameZh: "苏州云屏信息安全技术有限公司",
      nameEn: "Suzhou Yunping Information Security Technology Co., Ltd.",
      registrationNumber: "91320505MA1EXM2K9T",
      addressZh: "江苏省苏州市虎丘区科灵路 78 号 5 幢",
      addressEn: "Building 5, 78 Keling Road, Huqiu District, Suzhou, Jiangsu",
      contact: "商务支持 sales@yunping.example · 0512-5550 0166",
    },
    platform: { nameZh: SELLER.nameZh, nameEn: SELLER.nameEn },
    lines: [line],
    ...changes,
  });
}

/** The bill of October 2026, `count` charges (R13): no quantities, no terms, as the domain freezes it. */
export function billFixture(count = 3, changes: Partial<ContractSnapshot> = {}): ContractSnapshot {
  const charges = manyLines(count, changes.currency);
  return snapshotFixture({
    template: "bill/1",
    order: null,
    bill: { cycle: "2026-10" },
    term: { startsAt: "2026-09-30T16:00:00Z", endsAt: "2026-10-31T16:00:00Z" },
    ...charges,
    lines: charges.lines.map((line) => ({ ...line, quantity: "1", term: null })),
    ...changes,
  });
}

/** The snapshot as it stands before its request: no number, nowhere to verify (R21). */
export function withoutNumber(snapshot: ContractSnapshot): ContractSnapshot {
  return { ...snapshot, number: "", verificationUrl: "" };
}

/** An unpaid auction of a domain name, which may not have a contract yet: its checklist (R15). */
export function checklistFixture(changes: Partial<BusinessChecklist> = {}): BusinessChecklist {
  const { order, seller, buyer, buyerAccount, term, currency, lines, amounts } = unpaidDomainFixture();
  if (order === null) throw new Error("a checklist is of an order");
  return {
    schema: "orderseal.checklist/1",
    language: "zh-CN+en",
    printedAt: "2026-11-23T02:02:16Z",
    timeZone: "Asia/Shanghai",
    seller,
    buyer,
    buyerAccount,
    purchaseOrder: "",
    order: { ...order, domainService: "auction" },
    term,
    currency,
    lines,
    amounts,
    demo: false,
    ...changes,
  };
}

function amountsOf(
  minor: { readonly list: bigint; readonly discount: bigint; readonly tax: bigint; readonly total: bigint },
  digits: number,
): SnapshotAmounts {
  return {
    list: decimal(minor.list, digits),
    discount: decimal(minor.discount, digits),
    tax: decimal(minor.tax, digits),
    total: decimal(minor.total, digits),
  };
}

function decimal(minor: bigint, digits: number): string {
  const text = minor.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
