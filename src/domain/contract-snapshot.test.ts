import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyOrder } from "./any-facts.fixture.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type ContractSnapshot, draftOf, type SnapshotInput, snapshotOf } from "./contract-snapshot.ts";
import { decideIssuance } from "./decide-issuance.ts";
import { aLine, anAccount, anOrder, aSeller, at, CATALOGUE, HELD, someFacts, VERIFIED, yuan } from "./facts.fixture.ts";
import type { OrderId, ProductCode } from "./identifiers.ts";
import type { Order } from "./order.ts";
import type { Account } from "./parties.ts";
import { DEFAULT_POLICY, type Policy } from "./policy.ts";
import { PLAIN_SEAL } from "./seal-design.ts";
import { emptyDetails } from "./snapshot-parties.ts";

const URL = "https://seller.example/v/1";

function inputOf(order: Order, account: Account = anAccount(), policy: Policy = DEFAULT_POLICY): SnapshotInput {
  const facts = { ...someFacts({ order, account, policy }), seller: aSeller() };
  const decision = decideIssuance(facts);
  if (decision.kind !== "issue") throw new Error(`refused: ${decision.refusal.code}`);
  const details = { ...emptyDetails("zh-CN+en"), contact: "采购部 李工" };
  return { facts, products: CATALOGUE, issue: decision, details, platform: null, demo: false };
}

function freeze(order: Order = anOrder(), account: Account = anAccount()): ContractSnapshot {
  return snapshotOf(inputOf(order, account), HELD, URL);
}

describe("R7: what the contract says is frozen", () => {
  test("the same facts freeze to the same canonical JSON", () => {
    expect(canonicalJson(freeze())).toBe(canonicalJson(freeze()));
    const shuffled = Object.fromEntries(Object.entries(anOrder()).reverse()) as unknown as Order;
    expect(canonicalJson(freeze(shuffled))).toBe(canonicalJson(freeze()));
  });

  test("it stays what it is when the order, the seller or the catalogue changes later", () => {
    const input = inputOf(anOrder());
    const before = canonicalJson(snapshotOf(input, HELD, URL));
    const later = { ...input, facts: { ...input.facts, seller: aSeller({ contact: "new@seller.example" }) } };
    expect(canonicalJson(snapshotOf(later, HELD, URL))).not.toBe(before);
    expect(canonicalJson(snapshotOf(input, HELD, URL))).toBe(before);
  });

  test("any order that may have a contract can be frozen", () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const facts = { ...someFacts({ order }), seller: aSeller() };
        const decision = decideIssuance(facts);
        fc.pre(decision.kind === "issue");
        if (decision.kind !== "issue") return;
        const snapshot = snapshotOf({ ...inputOf(anOrder()), facts, issue: decision }, HELD, URL);
        expect(JSON.parse(canonicalJson(snapshot))).toEqual(snapshot);
      }),
    );
  });

  test("all that it says, to the letter", () => {
    const relatedOrder = "20260101-9" as OrderId;
    expect(freeze(anOrder({ relatedOrder }))).toEqual({
      schema: "orderseal.contract/1",
      number: HELD,
      language: "zh-CN+en",
      template: "order/1",
      policyVersion: 1,
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
      buyerAccount: "A-1",
      buyerVerified: true,
      purchaseOrder: "",
      platform: null,
      order: {
        id: "20261101-1",
        type: "new",
        billing: "subscription",
        placedAt: "2026-11-01T01:00:00Z",
        paidAt: "2026-11-01T02:00:00Z",
        domainName: null,
        domainService: null,
      },
      bill: null,
      term: { startsAt: "2026-10-31T16:00:00Z", endsAt: "2027-10-31T16:00:00Z" },
      currency: "CNY",
      lines: [
        {
          line: "1",
          product: "ecs",
          nameZh: "云服务器 ECS",
          nameEn: "Elastic Compute Service",
          description: "2 vCPU, 4 GiB",
          quantity: "1",
          term: { startsAt: "2026-10-31T16:00:00Z", endsAt: "2027-10-31T16:00:00Z" },
          amounts: { list: "1200.00", discount: "200.00", tax: "56.60", total: "1000.00" },
        },
      ],
      amounts: { list: "1200.00", discount: "200.00", tax: "56.60", total: "1000.00" },
      holdUntil: null,
      warnings: [],
      clauses: expect.any(Array),
      seal: PLAIN_SEAL,
      replaces: null,
      verificationUrl: URL,
      demo: false,
    });
  });

  test("a demonstration says that it is one", () => {
    expect(snapshotOf({ ...inputOf(anOrder()), demo: true }, HELD, URL).demo).toBe(true);
  });

  test("R4: the contract that it stands in for is on record", () => {
    const input = inputOf(anOrder());
    const issue = { ...input.issue, replaces: HELD };
    expect(snapshotOf({ ...input, issue }, HELD, URL).replaces).toBe(HELD);
  });

  test("policy version, template and request are on record", () => {
    expect(freeze()).toMatchObject({
      schema: "orderseal.contract/1",
      template: "order/1",
      policyVersion: 1,
      number: HELD,
      requestedAt: "2026-11-23T02:00:00Z",
      timeZone: "Asia/Shanghai",
      verificationUrl: URL,
      demo: false,
    });
  });

  test("R21: a draft says the same but for the number and where to verify it", () => {
    const draft = draftOf(inputOf(anOrder()));
    expect(draft).toMatchObject({ number: "", verificationUrl: "" });
    expect({ ...draft, number: HELD, verificationUrl: URL }).toEqual(freeze());
  });
});

describe("R6: the buyer", () => {
  test("is named as its verified identity is, whatever was filled in", () => {
    const { buyer } = freeze();
    expect(buyer).toMatchObject({
      nameZh: "杭州青禾数据有限公司",
      nameEn: "Hangzhou Qinghe Data Co., Ltd.",
      registrationNumber: "91330100MA2KQH0X1T",
      contact: "采购部 李工",
      postalAddress: "",
      phone: "",
      email: "",
    });
  });

  test("without an English name stands in both languages as it is registered", () => {
    const identity = { ...VERIFIED, legalNameEn: null, registrationNumber: null, address: null };
    expect(freeze(anOrder(), anAccount({ identity })).buyer).toMatchObject({
      nameZh: "杭州青禾数据有限公司",
      nameEn: "杭州青禾数据有限公司",
      registrationNumber: "",
      addressZh: "",
      addressEn: "",
    });
  });

  test("is its account, and no name at all, where the policy asks for no identity and there is none", () => {
    const nobody = anAccount({ identity: { state: "unverified" } });
    const input = inputOf(anOrder(), nobody, { ...DEFAULT_POLICY, identityRequired: false });
    expect(snapshotOf(input, HELD, URL).buyer).toEqual({
      nameZh: "账号 A-1",
      nameEn: "Account A-1",
      registrationNumber: "",
      addressZh: "",
      addressEn: "",
      contact: "采购部 李工",
      postalAddress: "",
      phone: "",
      email: "",
    });
  });
});

describe("lines and amounts", () => {
  test("a line that names itself is named so; else the catalogue's name stands in; else the code", () => {
    const name = { "zh-CN": "云服务器（专属）", en: "Dedicated compute" };
    const order = anOrder({ lines: [aLine({ name }), aLine(), aLine({ product: "rds" as ProductCode })] });
    expect(freeze(order).lines.map(({ nameZh, nameEn }) => [nameZh, nameEn])).toEqual([
      ["云服务器（专属）", "Dedicated compute"],
      ["云服务器 ECS", "Elastic Compute Service"],
      ["云数据库 RDS", "Managed relational database"],
    ]);
    const channel = { kind: "marketplace", sellerName: "独立商家", seller: null } as const;
    const foreign = anOrder({ channel, lines: [aLine({ product: "their_thing" as ProductCode })] });
    expect(freeze(foreign).lines[0]).toMatchObject({ nameZh: "their_thing", nameEn: "their_thing" });
  });

  test("amounts are exact decimals, and the whole is the sum of the lines", () => {
    const second = aLine({ list: yuan(1n), discount: yuan(0n), tax: yuan(0n), total: yuan(1n) });
    const { lines, amounts, currency } = freeze(anOrder({ lines: [aLine(), second] }));
    expect(currency).toBe("CNY");
    expect(lines.map(({ amounts: of }) => of?.total)).toEqual(["1000.00", "0.01"]);
    expect(amounts).toEqual({ list: "1200.01", discount: "200.00", tax: "56.60", total: "1000.01" });
  });

  test("R12: pay-as-you-go shows no amount anywhere and no end, sentinel or not", () => {
    const snapshot = freeze(anOrder({ billing: "pay_as_you_go" }));
    expect(snapshot.amounts).toBeNull();
    expect(snapshot.lines.map(({ amounts }) => amounts)).toEqual([null]);
    expect(snapshot.term).toEqual({ startsAt: "2026-10-31T16:00:00Z", endsAt: null });
    expect(snapshot.lines.map(({ term }) => term?.endsAt)).toEqual([null]);
    expect(canonicalJson(snapshot)).not.toMatch(/1000\.00|1200\.00|2027-/);
  });

  test("R14: the term is the order's own", () => {
    expect(freeze().term).toEqual({ startsAt: "2026-10-31T16:00:00Z", endsAt: "2027-10-31T16:00:00Z" });
    const without = freeze(anOrder({ lines: [aLine({ term: null })] }));
    expect([without.term, without.lines[0]?.term]).toEqual([null, null]);
    const openEnded = aLine({ term: { startsAt: at("2026-11-01T00:00:00Z"), endsAt: null } });
    const open = { startsAt: "2026-11-01T00:00:00Z", endsAt: null };
    expect(freeze(anOrder({ lines: [openEnded] }))).toMatchObject({ term: open, lines: [{ term: open }] });
  });
});

describe("payment", () => {
  test("a paid order says when it was paid and has no hold", () => {
    const snapshot = freeze();
    expect(snapshot.order?.paidAt).toBe("2026-11-01T02:00:00Z");
    expect(snapshot).toMatchObject({ holdUntil: null, warnings: [] });
  });

  test("R8, R17: an unpaid one has the instant its hold ends, and its warnings", () => {
    const order = anOrder({
      status: { state: "unpaid" },
      domainService: "registration",
      domainName: "qinghe.example",
      lines: [aLine({ product: "domain" as ProductCode })],
    });
    const snapshot = freeze(order);
    expect(snapshot.order).toMatchObject({ paidAt: null, domainName: "qinghe.example", domainService: "registration" });
    expect(snapshot.holdUntil).toBe(new Date(at("2026-12-24T00:00:00+08:00")).toISOString().replace(".000", ""));
    expect(snapshot.warnings).toEqual(["unpaid_order_is_held", "domain_can_be_lost_until_paid"]);
  });
});
