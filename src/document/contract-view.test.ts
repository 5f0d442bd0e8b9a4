import { describe, expect, test } from "vitest";
import { checklistViewOf } from "./checklist-view.ts";
import {
  BUYER,
  billFixture,
  checklistFixture,
  lineFixture,
  manyLines,
  marketplaceFixture,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  unpaidFixture,
} from "./contract-snapshot.fixture.ts";
import { contractViewOf } from "./contract-view.ts";

describe("dates are those of the seller's wall clock", () => {
  test("the day of the request is the day in the seller's zone", () => {
    const lateInTheEvening = snapshotFixture({ requestedAt: "2026-11-22T16:30:00Z" });
    expect(contractViewOf(lateInTheEvening).requestedOn).toEqual({ "zh-CN": "2026年11月23日", en: "23 November 2026" });
    const inBerlin = snapshotFixture({ requestedAt: "2026-11-22T16:30:00Z", timeZone: "Europe/Berlin" });
    expect(contractViewOf(inBerlin).requestedOn.en).toBe("22 November 2026");
  });

  test("a term that ends at midnight ends at 24:00 of the day before", () => {
    const { term } = contractViewOf(snapshotFixture());
    expect(term?.from).toEqual({ "zh-CN": "2026年10月12日10时15分30秒", en: "10:15:30 on 12 October 2026" });
    expect(term?.to).toEqual({ "zh-CN": "2027年10月12日24时", en: "24:00 on 12 October 2027" });
    expect(term?.toFigures).toBe("2027-10-12 24:00");
  });

  test("a term that ends within a day ends at that minute", () => {
    const term = { startsAt: "2026-10-12T16:00:00Z", endsAt: "2027-10-13T02:15:00Z" };
    const view = contractViewOf(snapshotFixture({ term }));
    expect(view.term?.from["zh-CN"]).toBe("2026年10月13日0时");
    expect(view.term?.to).toEqual({ "zh-CN": "2027年10月13日10时15分", en: "10:15 on 13 October 2027" });
  });

  test("R8: the end of the hold is an exact instant with its zone and offset", () => {
    expect(contractViewOf(unpaidFixture()).hold).toEqual({
      until: { "zh-CN": "2026年12月23日24时00分", en: "24:00 on 23 December 2026" },
      zone: { "zh-CN": "Asia/Shanghai，UTC+08:00", en: "Asia/Shanghai, UTC+08:00" },
    });
    expect(contractViewOf(snapshotFixture()).hold).toBeNull();
  });

  test("the offset is the one that the zone had then: Shanghai kept summer time in 1988", () => {
    const view = contractViewOf(unpaidFixture({ holdUntil: "1988-07-01T00:00:00Z" }));
    expect(view.hold?.zone.en).toBe("Asia/Shanghai, UTC+09:00");
  });
});

describe("amounts", () => {
  test("are grouped, discounts carry a minus sign, renminbi are written out", () => {
    const { totals, lines } = contractViewOf(snapshotFixture());
    expect(totals).toEqual({
      list: "18,805.00",
      discount: "−2,821.00",
      tax: "904.75",
      total: "15,984.00",
      taxAdded: false,
      capitals: "人民币壹万伍仟玖佰捌拾肆元整",
    });
    expect(lines[0]?.amounts?.total).toBe("15,984.00");
  });

  test("other currencies keep their own places and are not written out in renminbi", () => {
    const yen = contractViewOf(snapshotFixture(manyLines(2, "JPY")));
    expect(yen.totals?.capitals).toBeNull();
    expect(yen.lines[0]?.amounts?.list).toBe("188,050");
    expect(yen.currency).toEqual({ "zh-CN": "日元（JPY）", en: "Japanese yen (JPY)" });
  });

  test("tax that the prices do not contain is shown as added", () => {
    const amounts = { list: "100.00", discount: "10.00", tax: "5.40", total: "95.40" };
    expect(contractViewOf(snapshotFixture({ amounts })).totals?.taxAdded).toBe(true);
    const free = { list: "100.00", discount: "100.00", tax: "0.00", total: "0.00" };
    expect(contractViewOf(snapshotFixture({ amounts: free })).totals?.taxAdded).toBe(false);
  });

  test("R12: pay-as-you-go shows no amount and no end", () => {
    const view = contractViewOf(payAsYouGoFixture());
    expect(view.order?.payAsYouGo).toBe(true);
    expect(view.totals).toBeNull();
    expect(view.lines.map(({ amounts }) => amounts)).toEqual([null, null]);
    expect(view.term?.to).toBeNull();
    expect(view.lines.map(({ to }) => to)).toEqual([null, null]);
  });
});

test("R17: the warning stands only where the snapshot carries it", () => {
  expect(contractViewOf(unpaidDomainFixture()).domainWarning).not.toBeNull();
  expect(contractViewOf(unpaidFixture()).domainWarning).toBeNull();
});

test.each([
  ["registration", "付款前，该域名可能被他人注册。", "can be registered by someone else."],
  ["renewal", "续费不生效", "the name is not renewed"],
  ["transfer_in", "转入不启动", "the transfer does not start"],
  ["redemption", "赎回不启动", "the redemption does not start"],
  ["buyback", "可能被他人购得", "can be bought by someone else"],
  ["buyback_zhiyu_hulian", "可能被他人购得", "can be bought by someone else"],
  ["constructor", "付款前，该域名可能被他人注册。", "can be registered by someone else."],
])(
  "R17: the warning on %s says what can happen to that name, and what the contract is worth then",
  (service, zh, en) => {
    const warning = contractViewOf(unpaidDomainFixture({}, service)).domainWarning;
    expect(warning?.fact["zh-CN"]).toContain(zh);
    expect(warning?.fact.en).toContain(en);
    expect(warning?.fact["zh-CN"]).toMatch(/他人注册/);
    expect(warning?.fact.en).toContain("the domain name can be registered by someone else");
    expect(warning?.consequence["zh-CN"]).toContain("本合同即失去效力");
    expect(warning?.consequence.en).toContain("this contract is worth nothing and gives no right to the name");
  },
);

test("R6, R18: what the buyer filled in and who runs the platform stand in the view", () => {
  const view = contractViewOf(marketplaceFixture({ purchaseOrder: "PO-2026-0815" }));
  expect(view.purchaseOrder).toBe("PO-2026-0815");
  expect(view.platform).toEqual({
    "zh-CN": "杭州示例云计算有限公司",
    en: "Hangzhou Example Cloud Computing Co., Ltd.",
  });
  expect(view.buyer).toMatchObject({ phone: "021-5550 0188", email: "lin.yi@buyer.example" });
  expect(contractViewOf(snapshotFixture()).platform).toBeNull();
});

test("an order is named by its kind in both languages, an unknown kind by its own name", () => {
  expect(contractViewOf(snapshotFixture()).order?.kind).toEqual({
    "zh-CN": "新购 · 包年包月",
    en: "New purchase · Subscription",
  });
  const domain = contractViewOf(unpaidDomainFixture()).order;
  expect(domain?.domainService).toEqual({ "zh-CN": "域名注册", en: "Domain registration" });
});

test.each([
  ["renewal", "域名续费", "Domain renewal"],
  ["fixed_price", "域名一口价", "Fixed-price domain"],
  ["buyback_zhiyu_hulian", "域名回购（智域互联）", "Domain buyback (Zhiyu Hulian)"],
  ["escrow", "escrow", "escrow"],
])("the domain service %s stands as %s, %s", (domainService, chinese, english) => {
  const { order } = checklistFixture();
  const view = checklistViewOf(checklistFixture({ order: { ...order, domainService } }));
  expect(view.order.domainService).toEqual({ "zh-CN": chinese, en: english });
});

test("R13: a contract on a bill names its month, and the month is the term", () => {
  const view = contractViewOf(billFixture());
  expect(view.bill).toEqual({ month: { "zh-CN": "2026年10月", en: "October 2026" } });
  expect(view.order).toBeNull();
  expect(view.term?.from).toEqual({ "zh-CN": "2026年10月1日0时", en: "00:00 on 1 October 2026" });
  expect(view.term?.to).toEqual({ "zh-CN": "2026年10月31日24时", en: "24:00 on 31 October 2026" });
});

test("a snapshot without the part that its template draws is a bug, and is thrown", () => {
  expect(() => contractViewOf({ ...billFixture(1), bill: null })).toThrow("nothing that template bill/1 could draw");
  expect(() => contractViewOf(snapshotFixture({ order: null }))).toThrow("nothing that template order/1 could draw");
});

test("R15: a checklist tells when it was printed, with the zone, and warns of an unpaid domain only", () => {
  const view = checklistViewOf(checklistFixture());
  expect(view.printedAt).toBe("2026-11-23 10:02:16");
  expect(view.printedZone.en).toBe("Asia/Shanghai, UTC+08:00");
  expect(view.domainWarning?.consequence.en).toBe("This checklist does not hold the name and gives no right to it.");
  const { order } = checklistFixture();
  const plain = checklistViewOf(checklistFixture({ order: { ...order, domainName: null, domainService: null } }));
  expect(plain.domainWarning).toBeNull();
});

test.each([
  ["91310115MA1K4EXM7Q", "credit_code"],
  ["110101199003074514", "other"],
  ["HRB 123456 B", "other"],
  ["", "other"],
])("the number %s is labelled as %s", (registrationNumber, kind) => {
  const view = contractViewOf(snapshotFixture({ buyer: { ...BUYER, registrationNumber } }));
  expect(view.buyer.registrationKind).toBe(kind);
});

test("only words too long for a column get places to break, and none is lost", () => {
  const description =
    "ecs.g8i.2xlarge · InstanceType:ecs.g8i.2xlarge;Region:cn-hangzhou;Zone:abcdefghijklmnopqrstuvwxyz0123456789";
  const line =
    contractViewOf(snapshotFixture({ lines: [lineFixture(0, { description })] })).lines[0]?.description ?? "";
  expect(line.startsWith("ecs.g8i.2xlarge · ")).toBe(true);
  expect(line.replaceAll("\u200b", "")).toBe(description);
  for (const piece of line.split(/[\u200b ]/)) expect(piece.length).toBeLessThanOrEqual(24);
});
