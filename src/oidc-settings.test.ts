import { describe, expect, test } from "vitest";
import { readOidcSettings } from "./oidc-settings.ts";

const PUBLIC = "https://contracts.seller.example";
const SET = {
  ORDERSEAL_OIDC_ISSUER: "https://id.seller.example/realms/staff",
  ORDERSEAL_OIDC_CLIENT_ID: "orderseal",
};

test("without any of them, nobody signs in so", () => {
  expect(readOidcSettings({}, PUBLIC)).toEqual({ ok: true, value: null });
  expect(readOidcSettings({ ORDERSEAL_OIDC_ISSUER: "" }, PUBLIC)).toEqual({ ok: true, value: null });
});

test("issuer and client are enough: a public client, the usual scopes, roles by our own names", () => {
  const rules = { rolesClaim: "roles", roleMap: null, nameClaim: null };
  expect(readOidcSettings(SET, PUBLIC)).toEqual({
    ok: true,
    value: {
      issuer: SET.ORDERSEAL_OIDC_ISSUER,
      clientId: "orderseal",
      ...{ clientSecret: null, scopes: null, prompt: null, acr: null, rules },
    },
  });
});

test("a map gives each value its roles; values may hold equals signs, and commas written %2C", () => {
  const map = "desk=contract_desk+policy_author, CN=audit%2COU=x = auditor ,desk=auditor";
  const read = readOidcSettings({ ...SET, ORDERSEAL_OIDC_ROLE_MAP: map }, PUBLIC);
  expect(read.ok && [...(read.value?.rules.roleMap ?? [])]).toEqual([
    ["desk", ["contract_desk", "policy_author", "auditor"]],
    ["CN=audit,OU=x", ["auditor"]],
  ]);
});

test("a provider on this machine may be reached by plain http, and then we as well", () => {
  const local = { ...SET, ORDERSEAL_OIDC_ISSUER: "http://localhost:8080/" };
  expect(readOidcSettings(local, "http://127.0.0.1:4180").ok).toBe(true);
});

const SECRET = "never to be seen";

describe("what is wrong is said in a sentence that names the variable, and never the secret", () => {
  test.each<[string, Record<string, string>, string?]>([
    [
      "ORDERSEAL_OIDC_CLIENT_SECRET needs ORDERSEAL_OIDC_ISSUER",
      { ORDERSEAL_OIDC_ISSUER: "", ORDERSEAL_OIDC_CLIENT_ID: "" },
    ],
    ["ORDERSEAL_OIDC_CLIENT_ID", { ORDERSEAL_OIDC_CLIENT_ID: "" }],
    ["ORDERSEAL_OIDC_ISSUER must begin with https://", { ORDERSEAL_OIDC_ISSUER: "http://id.seller.example" }],
    ["ORDERSEAL_OIDC_ISSUER must be the https address", { ORDERSEAL_OIDC_ISSUER: "id.seller.example" }],
    ["without user, password", { ORDERSEAL_OIDC_ISSUER: `https://x:${SECRET}@id.seller.example` }],
    [
      "the address before /.well-known/",
      { ORDERSEAL_OIDC_ISSUER: "https://id.seller.example/.well-known/openid-configuration" },
    ],
    ["needs an ORDERSEAL_PUBLIC_URL with https", {}, "http://contracts.seller.example"],
    ['"openid" among them', { ORDERSEAL_OIDC_SCOPES: "profile email" }],
    ["ORDERSEAL_OIDC_SCOPES", { ORDERSEAL_OIDC_SCOPES: "openid  profile" }],
    ["ORDERSEAL_OIDC_ACR must be one or more values", { ORDERSEAL_OIDC_ACR: "mfa  two" }],
    ['"none" is none', { ORDERSEAL_OIDC_PROMPT: "login none" }],
    ['"root" is none', { ORDERSEAL_OIDC_ROLE_MAP: "desk=contract_desk+root" }],
    ['"buyer_viewer" is none', { ORDERSEAL_OIDC_ROLE_MAP: "x=buyer_viewer" }],
    ['"desk" is not', { ORDERSEAL_OIDC_ROLE_MAP: "desk" }],
    ['"=auditor" is not', { ORDERSEAL_OIDC_ROLE_MAP: "=auditor" }],
    ['"%=auditor" is not', { ORDERSEAL_OIDC_ROLE_MAP: "%=auditor" }],
  ])("%s", (sentence, changes, publicUrl = PUBLIC) => {
    const read = readOidcSettings({ ...SET, ORDERSEAL_OIDC_CLIENT_SECRET: SECRET, ...changes }, publicUrl);
    const fault = read.ok ? "" : read.fault;
    expect(fault).toContain(sentence);
    expect(fault).not.toContain(SECRET);
    expect(fault).toMatch(/^[^\n]+\.$/);
  });
});
