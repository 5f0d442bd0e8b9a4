import type { OrderDocument } from "./application/order-document.ts";
import { type Instant, isoOf } from "./domain/time.ts";

const DAY_MS = 86_400_000;

/** Orders of the demonstration, placed in the days before `now`, so that whoever looks finds every kind of decision. */
export function demoOrders(now: Instant): readonly OrderDocument[] {
  const day = (offset: number): string => isoOf((Math.floor(now / 3_600_000) * 3_600_000 + offset * DAY_MS) as Instant);
  const paid = (offset: number) => ({ state: "paid", paidAt: day(offset) }) as const;
  const year = (offset: number) => ({ startsAt: day(offset), endsAt: day(offset + 365) });
  return [
    order("demo-enterprise", "D100000000001", day(-42), paid(-42), [
      line(
        "1",
        "ecs",
        "ecs.g8i.2xlarge · cn-hangzhou · SystemDisk 100 cloud_essd",
        "2",
        "10914.00",
        "1926.00",
        year(-42),
      ),
      line("2", "ecs", "DataDisk 500 cloud_essd", "2", "816.00", "144.00", year(-42)),
    ]),
    order("demo-enterprise", "D100000000002", day(-20), paid(-20), [
      line("1", "rds", "rds.mysql.s1.small · MySQL 8.0", "1", "22440.00", "3960.00", year(-20)),
    ]),
    order("demo-enterprise", "D100000000003", day(-3), { state: "unpaid" }, [
      line("1", "oss", "标准存储包 5 TB · Standard storage 5 TB", "1", "4158.00", "462.00", year(1)),
    ]),
    {
      ...order("demo-enterprise", "D100000000004", day(-15), paid(-15), [
        line("1", "ecs", "ecs.c8i.xlarge · cn-shanghai", "1", "0.00", "0.00", { startsAt: day(-15) }),
      ]),
      billing: "pay_as_you_go",
    },
    order("demo-enterprise", "D100000000005", day(-12), paid(-12), [
      line("1", "quantum-annealer", "2000Q", "1", "1000000.00", "0.00", year(-12)),
    ]),
    {
      ...order("demo-enterprise", "D100000000006", day(-9), { state: "cancelled", cancelledAt: day(-8) }, [
        line("1", "ddos", "DDoS 高防 · Anti-DDoS Pro", "1", "83600.00", "0.00", year(-9)),
      ]),
      revision: 2,
    },
    {
      ...order("demo-enterprise", "D100000000007", day(-6), paid(-6), [
        line("1", "ecs", "Alibaba Linux → Debian", "1", "0.00", "0.00", null),
      ]),
      type: "os_change",
    },
    {
      ...order("demo-enterprise", "D100000000008", day(-2), paid(-2), [
        { ...line("1", "rds", "rds.pg.x4.large · ap-northeast-1", "1", "217800", "0", year(-2)), tax: "19800" },
      ]),
      currency: "JPY",
    },
    domainOrder("D200000000001", day(-2), "registration", "example-demo.cn", { state: "unpaid" }, year(0)),
    domainOrder("D200000000002", day(-2), "auction", "example-auction.cn", { state: "unpaid" }, year(0)),
    domainOrder("D200000000003", day(-30), "renewal", "example-renewed.cn", paid(-30), year(-30)),
    marketplaceOrder("D300000000001", day(-5), "上海示例软件有限公司", "3000.00", paid(-5), year(-5)),
    marketplaceOrder("D300000000002", day(-4), "北京无章示例网络有限公司", "88.80", { state: "unpaid" }, year(-4)),
    order("demo-unverified", "D400000000001", day(-7), paid(-7), [
      line("1", "alimail", "50 个账号 · 50 accounts", "50", "5400.00", "0.00", year(-7)),
    ]),
    order("demo-partner-customer", "D500000000001", day(-10), paid(-10), [
      line("1", "cdn", "CDN 10 TB", "1", "1134.00", "126.00", year(-10)),
    ]),
  ];
}

type Line = OrderDocument["lines"][number];
type Status = OrderDocument["status"];
type Term = { readonly startsAt: string; readonly endsAt?: string } | null;

function order(account: string, id: string, placedAt: string, status: Status, lines: Line[]): OrderDocument {
  return {
    order: id,
    account,
    revision: 1,
    occurredAt: placedAt,
    placedAt,
    type: "new",
    billing: "subscription",
    status,
    currency: "CNY",
    lines,
  };
}

/** `total` includes six per cent of tax, as prices in China do. */
function line(
  id: string,
  product: string,
  description: string,
  quantity: string,
  total: string,
  discount: string,
  term: Term,
): Line {
  const cents = BigInt(total.replace(".", ""));
  const tax = total.includes(".") ? decimal((cents * 6n + 53n) / 106n) : "0";
  return { line: id, product, description, quantity, discount, tax, total, ...(term ?? {}) };
}

function decimal(cents: bigint): string {
  const text = cents.toString().padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

function domainOrder(id: string, placedAt: string, service: string, name: string, status: Status, term: Term) {
  return {
    ...order("demo-domains", id, placedAt, status, [line("1", "domain", name, "1", "69.00", "0.00", term)]),
    domain: { service, name },
  };
}

function marketplaceOrder(
  id: string,
  placedAt: string,
  sellerName: string,
  total: string,
  status: Status,
  term: Term,
): OrderDocument {
  return {
    ...order("demo-domains", id, placedAt, status, [line("1", "cmgj000001", "", "1", total, "0.00", term)]),
    marketplace: { sellerName },
  };
}
