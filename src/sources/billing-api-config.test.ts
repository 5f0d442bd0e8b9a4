import fc from "fast-check";
import { expect, test } from "vitest";
import { describeConfig } from "./billing-api-config.ts";

test.each([
  [
    "ImageOs:[ImageOs:linux;]InstanceType:[InstanceType:ecs.g8i.2xlarge;Region:cn-hangzhou;]SystemDisk:[Size:100;Category:cloud_essd;]",
    "cn-hangzhou",
    "ImageOs linux · ecs.g8i.2xlarge · SystemDisk 100 cloud_essd · cn-hangzhou",
  ],
  ["Bandwidth:[Base:30G;Elastic:100G;]", "cn-hangzhou", "Bandwidth Base 30G, Elastic 100G · cn-hangzhou"],
  ["Domain:[Name:example-1.cn;Year:1;]", "", "Domain example-1.cn, Year 1"],
  ["AccountNum:[AccountNum:50;]", "", "AccountNum 50"],
  ["Flow:[Region:cn-qingdao;]", "cn-qingdao", "cn-qingdao"],
  ["Flow:[Region:eu-central-1;]", "cn-qingdao", "Flow Region eu-central-1 · cn-qingdao"],
  ["Endpoint:[Url:https://example.com:8443/a;]", "", "Endpoint Url https://example.com:8443/a"],
  ["Flag:[]Note:[free text;]", "", "Flag · Note free text"],
  ["", "cn-hangzhou", "cn-hangzhou"],
  ["", "", ""],
])("%s reads as words, and nothing but a repeated region is lost", (config, region, words) => {
  expect(describeConfig(config, region, 2000)).toBe(words);
});

test.each(["4 vCPU, 16 GB", "A:[b:c;", "A:[b:[c]]", '{"cpu":4}', "A:[b:c;] and more"])(
  "%s has not the usual form and stays as it is",
  (config) => expect(describeConfig(config, "", 2000)).toBe(config),
);

test("a configuration that is too long ends in an ellipsis", () => {
  expect(describeConfig("x".repeat(3000), "", 2000)).toBe(`${"x".repeat(1999)}…`);
});

test("control characters become blanks", () => {
  expect(describeConfig("a\u0000b\r\nc", "", 2000)).toBe("a b  c");
});

test("whatever the value, it is found in the words", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word, word), { minLength: 1 }), (groups) => {
      const config = groups.map(([key, name, value]) => `${key}:[${name}:${value};]`).join("");
      const words = describeConfig(config, "cn-hangzhou", 10_000);
      for (const [, , value] of groups) expect(words).toContain(value);
    }),
  );
});
