import { describe, expect, test } from "vitest";
import { checklistOf } from "./business-checklist.ts";
import type { SnapshotInput } from "./contract-snapshot.ts";
import { aLine, anOrder, aSeller, at, CATALOGUE, someFacts } from "./facts.fixture.ts";
import type { ProductCode } from "./identifiers.ts";
import { emptyDetails } from "./snapshot-parties.ts";

/** An unpaid domain order, which cannot have a contract: the `issue` only says that amounts are shown. */
const INPUT: SnapshotInput = {
  facts: {
    ...someFacts({
      order: anOrder({
        status: { state: "unpaid" },
        domainService: "trade",
        domainName: "qinghe.example",
        lines: [aLine({ product: "domain" as ProductCode, description: "1 年" })],
      }),
    }),
    seller: aSeller(),
  },
  products: CATALOGUE,
  issue: {
    kind: "issue",
    policyVersion: 7,
    holdUntil: at("2026-12-24T00:00:00+08:00"),
    amountShown: true,
    warnings: ["unpaid_order_is_held"],
    replaces: null,
  },
  details: { ...emptyDetails("en"), purchaseOrder: "PO-7" },
  platform: null,
  demo: false,
};

const TERM = { startsAt: "2026-10-31T16:00:00Z", endsAt: "2027-10-31T16:00:00Z" };
const AMOUNTS = { list: "1200.00", discount: "200.00", tax: "56.60", total: "1000.00" };

describe("R15: the business checklist of an unpaid order", () => {
  test("lists the business as a contract would, and nothing that binds: no number, hold, warning or verification", () => {
    expect(checklistOf(INPUT)).toEqual({
      schema: "orderseal.checklist/1",
      language: "en",
      printedAt: "2026-11-23T02:00:00Z",
      purchaseOrder: "PO-7",
      timeZone: "Asia/Shanghai",
      seller: {
        nameZh: "云上示例科技有限公司",
        nameEn: "Cloud Example Technology Co., Ltd.",
        registrationNumber: "91330100MA2DEMO01X",
        addressZh: "浙江省杭州市余杭区示例路 2 号",
        addressEn: "2 Example Road, Yuhang, Hangzhou, Zhejiang",
        contact: "contract@seller.example",
        postalAddress: "",
        phone: "",
        email: "",
      },
      buyer: {
        nameZh: "杭州青禾数据有限公司",
        nameEn: "Hangzhou Qinghe Data Co., Ltd.",
        registrationNumber: "91330100MA2KQH0X1T",
        addressZh: "浙江省杭州市西湖区文三路 1 号",
        addressEn: "浙江省杭州市西湖区文三路 1 号",
        contact: "",
        postalAddress: "",
        phone: "",
        email: "",
      },
      buyerAccount: "A-1",
      order: {
        id: "20261101-1",
        type: "new",
        billing: "subscription",
        placedAt: "2026-11-01T01:00:00Z",
        paidAt: null,
        domainName: "qinghe.example",
        domainService: "trade",
      },
      term: TERM,
      currency: "CNY",
      lines: [
        {
          line: "1",
          product: "domain",
          nameZh: "域名服务",
          nameEn: "Domain name service",
          description: "1 年",
          quantity: "1",
          term: TERM,
          amounts: AMOUNTS,
        },
      ],
      amounts: AMOUNTS,
      demo: false,
    });
  });

  test("R12: shows no amount where a contract would show none, and says when it is a demonstration", () => {
    const payg = { ...INPUT.facts, order: anOrder({ billing: "pay_as_you_go" }) };
    const checklist = checklistOf({ ...INPUT, facts: payg, demo: true });
    expect(checklist).toMatchObject({
      amounts: null,
      lines: [{ amounts: null, term: { endsAt: null } }],
      term: { endsAt: null },
      demo: true,
    });
  });
});
