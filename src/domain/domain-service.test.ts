import { expect, test } from "vitest";
import { domainServiceText } from "./domain-service.ts";

test.each([
  ["registration", "域名注册", "domain registration"],
  ["renewal", "域名续费", "domain renewal"],
  ["transfer_in", "域名转入", "domain transfer-in"],
  ["redemption", "域名赎回", "domain redemption"],
  ["buyback", "域名回购", "domain buyback"],
  ["buyback_zhiyu_hulian", "域名回购（智域互联）", "domain buyback (Zhiyu Hulian)"],
  ["auction", "域名竞价", "domain auction"],
  ["backorder", "域名预订", "domain backorder"],
  ["fixed_price", "域名一口价", "fixed-price domain"],
])("R16: the service %s is called %s, %s", (service, zh, en) => {
  expect(domainServiceText(service)).toEqual({ "zh-CN": zh, en });
});

test.each(["trade", "toString", "__proto__", "constructor", ""])("%j is called as its source calls it", (service) => {
  expect(domainServiceText(service)).toEqual({ "zh-CN": service, en: service });
});
