import type { BillDocument } from "./application/bill-document.ts";
import type { OrderDocument } from "./application/order-document.ts";
import {
  billLine,
  directOrder,
  domainOrder,
  marketplaceOrder,
  monthlyBill,
  type OrderHead,
  type OrderStatus,
  orderLine,
  paid,
  payAsYouGoOrder,
  UNPAID,
} from "./demo-builders.ts";
import type { BillCycle } from "./domain/bill.ts";
import type { AccountId } from "./domain/identifiers.ts";
import { type Instant, isoOf, type TimeZone, yearMonthOf } from "./domain/time.ts";

const DAY_MS = 86_400_000;

/** Orders of the demonstration, placed in the days before `now`, so that whoever looks finds every kind of decision. */
export function demoOrders(now: Instant): readonly OrderDocument[] {
  const day = (offset: number): string => isoOf((Math.floor(now / 3_600_000) * 3_600_000 + offset * DAY_MS) as Instant);
  const year = (offset: number) => ({ startsAt: day(offset), endsAt: day(offset + 365) });
  const head = (
    account: string,
    order: string,
    offset: number,
    status: OrderStatus = paid(day(offset)),
  ): OrderHead => ({
    account,
    order,
    placedAt: day(offset),
    status,
  });
  return [
    directOrder(head("demo-enterprise", "D100000000001", -42), [
      orderLine(
        "1",
        "ecs",
        "ecs.g8i.2xlarge · cn-hangzhou · SystemDisk 100 cloud_essd",
        "2",
        "10914.00",
        "1926.00",
        year(-42),
      ),
      orderLine("2", "ecs", "DataDisk 500 cloud_essd", "2", "816.00", "144.00", year(-42)),
    ]),
    directOrder(head("demo-enterprise", "D100000000002", -20), [
      orderLine("1", "rds", "rds.mysql.s1.small · MySQL 8.0", "1", "22440.00", "3960.00", year(-20)),
    ]),
    directOrder(head("demo-enterprise", "D100000000003", -3, UNPAID), [
      orderLine("1", "oss", "标准存储包 5 TB · Standard storage 5 TB", "1", "4158.00", "462.00", year(1)),
    ]),
    payAsYouGoOrder(head("demo-enterprise", "D100000000004", -15), "ecs", "ecs.c8i.xlarge · cn-shanghai", {
      startsAt: day(-15),
    }),
    directOrder(head("demo-enterprise", "D100000000005", -12), [
      orderLine("1", "quantum-annealer", "2000Q", "1", "1000000.00", "0.00", year(-12)),
    ]),
    {
      ...directOrder(head("demo-enterprise", "D100000000006", -9, { state: "cancelled", cancelledAt: day(-8) }), [
        orderLine("1", "ddos", "DDoS 高防 · Anti-DDoS Pro", "1", "83600.00", "0.00", year(-9)),
      ]),
      revision: 2,
    },
    {
      ...directOrder(head("demo-enterprise", "D100000000007", -6), [
        orderLine("1", "ecs", "Alibaba Linux → Debian", "1", "0.00", "0.00", null),
      ]),
      type: "os_change",
    },
    {
      ...directOrder(head("demo-enterprise", "D100000000008", -2), [
        { ...orderLine("1", "rds", "rds.pg.x4.large · ap-northeast-1", "1", "217800", "0", year(-2)), tax: "19800" },
      ]),
      currency: "JPY",
    },
    domainOrder(head("demo-domains", "D200000000001", -2, UNPAID), "registration", "example-demo.cn", year(0)),
    domainOrder(head("demo-domains", "D200000000002", -2, UNPAID), "auction", "example-auction.cn", year(0)),
    domainOrder(head("demo-domains", "D200000000003", -30), "renewal", "example-renewed.cn", year(-30)),
    marketplaceOrder(head("demo-domains", "D300000000001", -5), "上海示例软件有限公司", "3000.00", year(-5)),
    marketplaceOrder(head("demo-domains", "D300000000002", -4, UNPAID), "北京无章示例网络有限公司", "88.80", year(-4)),
    directOrder(head("demo-unverified", "D400000000001", -7), [
      orderLine("1", "alimail", "50 个账号 · 50 accounts", "50", "5400.00", "0.00", year(-7)),
    ]),
    directOrder(head("demo-partner-customer", "D500000000001", -10), [
      orderLine("1", "cdn", "CDN 10 TB", "1", "1134.00", "126.00", year(-10)),
    ]),
  ];
}

export interface DemoBill {
  readonly account: AccountId;
  readonly cycle: BillCycle;
  readonly document: BillDocument;
}

/** Of the month before, final; and of the running month, which may still change (R13). */
export function demoBills(now: Instant, zone: TimeZone): readonly DemoBill[] {
  const thisMonth = yearMonthOf(now, zone);
  const lastMonth = monthBefore(thisMonth);
  const account = "demo-enterprise" as AccountId;
  return [
    {
      account,
      cycle: cycleOf(lastMonth),
      document: monthlyBill("final", [
        billLine("1", "ecs", "ecs.c8i.xlarge · cn-shanghai · 744 h", "1190.40"),
        billLine("2", "ecs", "公网流量 318.5 GB · Internet traffic 318.5 GB", "254.80"),
        billLine("3", "oss", "标准存储 1.2 TB · Standard storage 1.2 TB", "147.46"),
      ]),
    },
    {
      account,
      cycle: cycleOf(thisMonth),
      document: monthlyBill("open", [billLine("1", "ecs", "ecs.c8i.xlarge · cn-shanghai · 210 h", "336.00")]),
    },
  ];
}

/** "202612" to "202611", "202701" to "202612". */
function monthBefore(yearMonth: string): string {
  const [year, month] = [Number(yearMonth.slice(0, 4)), Number(yearMonth.slice(4))];
  return month === 1 ? `${year - 1}12` : `${year}${String(month - 1).padStart(2, "0")}`;
}

function cycleOf(yearMonth: string): BillCycle {
  return `${yearMonth.slice(0, 4)}-${yearMonth.slice(4)}` as BillCycle;
}
