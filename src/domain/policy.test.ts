import { describe, expect, test } from "vitest";
import { aPolicy } from "./facts.fixture.ts";
import type { ProductCode } from "./identifiers.ts";
import { CONTRACT_LANGUAGES } from "./localized.ts";
import { PARTNER_KINDS } from "./parties.ts";
import { DEFAULT_POLICY, DEFAULT_PRODUCTS, isSelfService } from "./policy.ts";

const SUBSCRIPTION = ["subscription"];

test("R1–R19: the rules that a seller starts with are those of the product description", () => {
  expect(DEFAULT_POLICY).toEqual({
    version: 1,
    selfServiceProducts: {
      ecs: ["subscription", "pay_as_you_go"],
      rds: SUBSCRIPTION,
      alimail: SUBSCRIPTION,
      hichina_host: SUBSCRIPTION,
      cdn: SUBSCRIPTION,
      oss: SUBSCRIPTION,
      ddos: SUBSCRIPTION,
      saf: SUBSCRIPTION,
      domain: SUBSCRIPTION,
    },
    contractableOrderTypes: ["new", "renew", "upgrade"],
    partnerKindsRefused: ["distribution", "virtual_business", "integration", "consulting", "isv_solution"],
    identityRequired: true,
    domainProducts: ["domain"],
    domainServicesBeforePayment: [
      "registration",
      "renewal",
      "transfer_in",
      "redemption",
      "buyback",
      "buyback_zhiyu_hulian",
    ],
    hold: { start: "request", count: "days", days: 30 },
    reissueAfterVoid: false,
    billFinality: { basis: "final_report", expectedDay: 4 },
    voidAlone: { CNY: "100000.00", HKD: "100000.00", USD: "15000.00", EUR: "15000.00" },
    withoutTimestamp: "wait",
  });
});

test("R2: what the catalogue starts with, in both languages", () => {
  expect(DEFAULT_PRODUCTS.map(({ code, name }) => [code, name["zh-CN"], name.en])).toEqual([
    ["ecs", "云服务器 ECS", "Elastic Compute Service"],
    ["rds", "云数据库 RDS", "Managed relational database"],
    ["alimail", "企业邮箱", "Enterprise mail"],
    ["hichina_host", "云虚拟主机", "Virtual host"],
    ["cdn", "CDN 流量包", "CDN traffic plan"],
    ["oss", "对象存储 OSS 资源包", "OSS storage plan"],
    ["ddos", "DDoS 防护", "DDoS protection"],
    ["saf", "风险识别", "Anti-fraud"],
    ["domain", "域名服务", "Domain name service"],
  ]);
});

test("R2: every product that the policy offers is in the catalogue, and the other way round", () => {
  const codes = DEFAULT_PRODUCTS.map(({ code }): string => code);
  expect(Object.keys(DEFAULT_POLICY.selfServiceProducts)).toEqual(codes);
});

describe("R2, R3: whether a product is self-service is data", () => {
  const policy = aPolicy({
    selfServiceProducts: { both: ["subscription", "pay_as_you_go"], hourly: ["pay_as_you_go"], none: [] },
  });

  test.each([
    ["both", true, true],
    ["hourly", false, true],
    ["none", false, false],
    ["missing", false, false],
    ["constructor", false, false],
    ["__proto__", false, false],
    ["toString", false, false],
  ])("%s: by subscription %s, by the hour %s", (product, subscription, payAsYouGo) => {
    expect(isSelfService(policy, product as ProductCode, "subscription")).toBe(subscription);
    expect(isSelfService(policy, product as ProductCode, "pay_as_you_go")).toBe(payAsYouGo);
  });
});

test("R19: the five kinds of partner", () => {
  expect(PARTNER_KINDS).toEqual(["distribution", "virtual_business", "integration", "consulting", "isv_solution"]);
});

test("R6: the languages a contract is written in; both is the first choice", () => {
  expect(CONTRACT_LANGUAGES).toEqual(["zh-CN+en", "zh-CN", "en"]);
});
