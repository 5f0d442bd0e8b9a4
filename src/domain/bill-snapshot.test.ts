import { describe, expect, test } from "vitest";
import type { Bill, BillCycle } from "./bill.ts";
import { billDraftOf } from "./bill-snapshot.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { ContractSnapshot } from "./contract-snapshot.ts";
import { type BillIssuanceFacts, decideBillIssuance } from "./decide-bill-issuance.ts";
import {
  aBill,
  aBillLine,
  aHeld,
  anAccount,
  aPolicy,
  aSeller,
  CATALOGUE,
  HELD,
  issueOf,
  someBillFacts,
  yuan,
} from "./facts.fixture.ts";
import type { AccountId, ProductCode } from "./identifiers.ts";
import { PLAIN_SEAL } from "./seal-design.ts";
import { emptyDetails } from "./snapshot-parties.ts";
import type { TimeZone } from "./time.ts";

function draftOf(facts: BillIssuanceFacts, demo = false): ContractSnapshot {
  const issue = issueOf(decideBillIssuance(facts));
  const details = { ...emptyDetails("zh-CN"), contact: "采购部 李工" };
  return billDraftOf({ facts, products: CATALOGUE, issue, details, demo });
}

function draftOfBill(changes: Partial<Bill>): ContractSnapshot {
  return draftOf(someBillFacts({ bill: aBill(changes) }));
}

describe("R7, R13: what the contract on a bill says is frozen", () => {
  test("all that it says, to the letter: the month, its lines and its total", () => {
    const lines = [
      aBillLine(),
      aBillLine({
        line: "2",
        product: "rds" as ProductCode,
        description: "",
        list: yuan(1n),
        discount: yuan(2n),
        tax: yuan(3n),
        total: yuan(4n),
      }),
    ];
    const bill = aBill({ lines, account: "A-2" as AccountId });
    expect(draftOf(someBillFacts({ bill, policy: aPolicy({ version: 7 }) }))).toEqual({
      schema: "orderseal.contract/1",
      number: "",
      language: "zh-CN",
      template: "bill/1",
      policyVersion: 7,
      wordingVersion: 0,
      requestedAt: "2026-11-23T02:00:00Z",
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
        contact: "采购部 李工",
        postalAddress: "",
        phone: "",
        email: "",
      },
      buyerAccount: "A-2",
      buyerVerified: true,
      purchaseOrder: "",
      platform: null,
      order: null,
      bill: { cycle: "2026-10" },
      term: { startsAt: "2026-09-30T16:00:00Z", endsAt: "2026-10-31T16:00:00Z" },
      currency: "CNY",
      lines: [
        {
          line: "1",
          product: "ecs",
          nameZh: "云服务器 ECS",
          nameEn: "Elastic Compute Service",
          description: "720 h",
          quantity: "1",
          term: null,
          amounts: { list: "1200.00", discount: "200.00", tax: "56.60", total: "1000.00" },
        },
        {
          line: "2",
          product: "rds",
          nameZh: "云数据库 RDS",
          nameEn: "Managed relational database",
          description: "",
          quantity: "1",
          term: null,
          amounts: { list: "0.01", discount: "0.02", tax: "0.03", total: "0.04" },
        },
      ],
      amounts: { list: "1200.01", discount: "200.02", tax: "56.63", total: "1000.04" },
      holdUntil: null,
      warnings: [],
      clauses: expect.any(Array),
      seal: PLAIN_SEAL,
      replaces: null,
      verificationUrl: "",
      demo: false,
    });
  });

  test("a line that names itself is named so; one that neither names itself nor is in the catalogue is its code", () => {
    const name = { "zh-CN": "专属宿主机", en: "Dedicated host" };
    const lines = [aBillLine({ name }), aBillLine({ product: "their_thing" as ProductCode })];
    expect(draftOfBill({ lines }).lines.map(({ nameZh, nameEn }) => [nameZh, nameEn])).toEqual([
      ["专属宿主机", "Dedicated host"],
      ["their_thing", "their_thing"],
    ]);
  });

  test("the month is that of the seller's zone, over the end of the year too", () => {
    const seller = aSeller({ timeZone: "America/New_York" as TimeZone });
    const bill = aBill({ cycle: "2026-12" as BillCycle });
    const { term, timeZone } = draftOf(someBillFacts({ bill, seller }));
    expect(timeZone).toBe("America/New_York");
    expect(term).toEqual({ startsAt: "2026-12-01T05:00:00Z", endsAt: "2027-01-01T05:00:00Z" });
  });

  test("an empty bill in yen comes to no yen", () => {
    const { amounts, currency } = draftOfBill({ lines: [], currency: "JPY" });
    expect([currency, amounts]).toEqual(["JPY", { list: "0", discount: "0", tax: "0", total: "0" }]);
  });

  test("R4: the voided contract that it stands in for is on record", () => {
    const policy = aPolicy({ reissueAfterVoid: true });
    expect(draftOf(someBillFacts({ held: aHeld({ standing: "void" }), policy })).replaces).toBe(HELD);
  });

  test("R6: without an identity, where the policy asks for none, the buyer is its account", () => {
    const account = anAccount({ identity: { state: "unverified" } });
    const { buyer } = draftOf(someBillFacts({ account, policy: aPolicy({ identityRequired: false }) }));
    expect(buyer).toMatchObject({ nameZh: "账号 A-1", nameEn: "Account A-1" });
  });

  test("a demonstration says that it is one; and it has a canonical form", () => {
    const draft = draftOf(someBillFacts(), true);
    expect(draft.demo).toBe(true);
    expect(JSON.parse(canonicalJson(draft))).toEqual(draft);
  });
});
