import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer } from "../test-server.ts";
import { CLIENT_ID, CLIENT_SECRET, type TestIdentityProvider } from "./identity-provider.ts";
import { type ServiceWithProvider, startServiceWithProvider } from "./service-with-provider.ts";
import { StaffMember } from "./staff-member.ts";

let both: ServiceWithProvider;
let provider: TestIdentityProvider;
beforeAll(async () => {
  both = await startServiceWithProvider();
  provider = both.provider;
});
afterAll(() => both?.close());
beforeEach(() => {
  provider.people.set("u-1", { preferred_username: "anna", roles: ["contract_desk", "auditor", "of another system"] });
});

function someone(): StaffMember {
  return new StaffMember(both.server);
}

/** As the service has printed it of the sign-in that failed last. */
function lastReason(): string {
  return (JSON.parse(both.server.printed.at(-1) ?? "{}") as { reason: string }).reason;
}

async function rows<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return (await query.execute(both.server.services.database)).rows;
}

describe("somebody whom the provider knows", () => {
  test("signs in, with the roles of their claims, and comes to the page that was wanted", async () => {
    const anna = someone();
    expect(await anna.signIn("u-1", "/contracts?q=x")).toBe("/contracts?q=x");
    const session = await anna.session();
    expect(session).toMatchObject({ signedIn: true, staffSignIn: true });
    expect(session.staff).toEqual({ person: "anna", roles: ["contract_desk", "auditor"] });
    expect(session.permissions).toContain("contracts:void");
    expect((await anna.get("/v1/orders")).status).toBe(200);
    expect(anna.browser.cookie("orderseal_session")).toMatch(/^oss_[\w-]{43}$/);
    expect(anna.browser.cookie("orderseal_sign_in")).toBeNull();
  });

  test("is sent there with all that a safe sign-in needs, and with nothing that is to stay here", async () => {
    const anna = someone();
    const asked = new URL(await anna.open(anna.signInUrl()));
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: `${both.server.url}/auth/callback`,
      scope: "openid profile email offline_access",
      prompt: "consent",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    const response = await anna.browser.send(anna.signInUrl());
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^orderseal_sign_in=osb_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("is in the audit, with who they are at the provider and from where they came", async () => {
    await someone().signIn("u-1");
    const [entry] = await rows(sql<{ actor: string; origin: string; detail: object }>`
      SELECT actor, origin, detail FROM audit_entries WHERE action = 'session.opened' AND object_id = 'anna'
      ORDER BY at DESC LIMIT 1`);
    const detail = { source: "oidc", roles: "contract_desk,auditor", issuer: provider.issuer, subject: "u-1" };
    expect(entry).toEqual({ actor: "anna", origin: "127.0.0.1", detail });
  });

  test("gets a fresh session each time, and the one that the browser had ends", async () => {
    const anna = someone();
    await anna.signIn("u-1");
    const former = anna.browser.cookie("orderseal_session") ?? "";
    await anna.signIn("u-1");
    expect(anna.browser.cookie("orderseal_session")).not.toBe(former);
    const visitor = someone();
    visitor.browser.setCookie("127.0.0.1", "orderseal_session", former);
    expect((await visitor.session()).signedIn).toBe(false);
  });

  test("may begin in two tabs and finish in either", async () => {
    const anna = someone();
    const first = await anna.comeBackAs("u-1", "/orders");
    const second = await anna.comeBackAs("u-1", "/tickets");
    expect(await anna.open(first)).toBe("/orders");
    expect((await anna.session()).signedIn).toBe(true);
    expect(second).not.toBe(first);
  });
});

describe("a name", () => {
  test("stays the person's own: neither is it changed at the provider, nor given to somebody else", async () => {
    provider.people.set("u-2", { preferred_username: "bea", roles: "auditor" });
    const [bea, other] = [someone(), someone()];
    await bea.signIn("u-2");
    provider.people.set("u-2", { preferred_username: "beatrix", roles: "auditor" });
    await bea.signIn("u-2");
    expect((await bea.session()).staff?.person).toBe("bea");
    provider.people.set("u-3", { preferred_username: "BEA ", roles: "auditor" });
    await other.signIn("u-3");
    expect((await other.session()).staff?.person).toBe("BEA (u-3)");
  });

  test("cannot be rewritten in the database either", async () => {
    await someone().signIn("u-1");
    await expect(rows(sql`UPDATE staff_names SET name = 'x'`)).rejects.toThrow();
    await expect(rows(sql`DELETE FROM staff_names`)).rejects.toThrow();
  });
});

test("somebody without a role is turned away, and that is recorded", async () => {
  provider.people.set("u-4", { preferred_username: "carl", roles: ["of another system"] });
  const carl = someone();
  expect(await carl.signIn("u-4")).toBe("/sign-in?problem=no_role");
  expect((await carl.session()).signedIn).toBe(false);
  const found = await rows(sql`SELECT actor, object_id, detail FROM audit_entries WHERE action = 'sign_in.refused'`);
  const detail = { source: "oidc", reason: "no_role", issuer: provider.issuer, subject: "u-4" };
  expect(found).toEqual([{ actor: "carl", object_id: "carl", detail }]);
});

test("somebody who turns back at the provider is told so", async () => {
  const carl = someone();
  expect(await carl.signIn("")).toBe("/sign-in?problem=sign_in_failed");
  expect(lastReason()).toBe("access_denied");
});

describe("a way back", () => {
  test("leads in once", async () => {
    const anna = someone();
    const back = await anna.comeBackAs("u-1");
    const cookie = anna.browser.cookie("orderseal_sign_in") ?? "";
    expect(await anna.open(back)).toBe("/orders");
    anna.browser.setCookie("127.0.0.1", "orderseal_sign_in", cookie);
    expect(await anna.open(back)).toBe("/sign-in?problem=sign_in_expired");
    const twice = someone();
    const again = await twice.comeBackAs("u-1");
    const ends = await Promise.all([twice.open(again), twice.open(again)]);
    expect(ends.sort()).toEqual(["/orders", "/sign-in?problem=sign_in_expired"]);
  });

  test.each(["", `osb_${"A".repeat(43)}`])("leads nobody in who did not begin it (cookie %j)", async (cookie) => {
    const back = await someone().comeBackAs("u-1");
    const victim = someone();
    if (cookie !== "") victim.browser.setCookie("127.0.0.1", "orderseal_sign_in", cookie);
    expect(await victim.open(back)).toBe("/sign-in?problem=sign_in_failed");
    expect((await victim.session()).signedIn).toBe(false);
  });

  test("is good for ten minutes", async () => {
    const anna = someone();
    const back = await anna.comeBackAs("u-1");
    await rows(sql`UPDATE pending_sign_ins SET expires_at = now()`);
    expect(await anna.open(back)).toBe("/sign-in?problem=sign_in_expired");
  });

  test.each<[string, (back: URL) => void, string]>([
    ["another state", (back) => back.searchParams.set("state", "x".repeat(43)), "sign_in_expired"],
    ["no state", (back) => back.searchParams.delete("state"), "sign_in_expired"],
    ["two states", (back) => back.searchParams.append("state", "x"), "sign_in_failed"],
    ["another code", (back) => back.searchParams.set("code", "x"), "sign_in_failed"],
    ["no code", (back) => back.searchParams.delete("code"), "sign_in_failed"],
    ["another issuer (RFC 9207)", (back) => back.searchParams.set("iss", "https://evil.example"), "sign_in_failed"],
    ["no issuer", (back) => back.searchParams.delete("iss"), "sign_in_failed"],
    ["an error of somebody's making", (back) => back.searchParams.set("error", "<b>x</b>"), "sign_in_failed"],
  ])("with %s leads nowhere", async (_, change, problem) => {
    const anna = someone();
    const back = new URL(await anna.comeBackAs("u-1"));
    change(back);
    expect(await anna.open(back.href)).toBe(`/sign-in?problem=${problem}`);
    expect((await anna.session()).signedIn).toBe(false);
  });

  test("is not good for a code of another sign-in: of another nonce and another PKCE verifier", async () => {
    const [anna, attacker] = [someone(), someone()];
    const [own, stolen] = [new URL(await attacker.comeBackAs("u-1")), new URL(await anna.comeBackAs("u-1"))];
    own.searchParams.set("code", stolen.searchParams.get("code") ?? "");
    expect(await attacker.open(own.href)).toBe("/sign-in?problem=sign_in_failed");
    expect(lastReason()).toBe("invalid_grant");
  });

  test("is not good with another nonce, or a verifier that was tampered with", async () => {
    const anna = someone();
    const back = await anna.comeBackAs("u-1");
    await rows(sql`UPDATE pending_sign_ins SET nonce = 'another'`);
    expect(await anna.open(back)).toBe("/sign-in?problem=sign_in_failed");
    expect(lastReason()).toBe("OAUTH_JWT_CLAIM_COMPARISON_FAILED");
    const again = await anna.comeBackAs("u-1");
    await rows(sql`UPDATE pending_sign_ins SET verifier = verifier || 'x'::bytea`);
    expect(await anna.open(again)).toBe("/sign-in?problem=sign_in_expired");
  });
});

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "/.//evil.example",
  "/auth/sign-in",
  "javascript:alert(1)",
])("a wanted page that leads away (%s) is not gone to", async (next) => {
  expect(await someone().signIn("u-1", next)).toBe("/orders");
});

test("a provider that is away is said so, and needs no restart when it is back", async () => {
  const away = await startServiceWithProvider();
  try {
    await away.provider.goAway();
    const anna = new StaffMember(away.server);
    expect(await anna.open(anna.signInUrl())).toBe("/sign-in?problem=identity_provider_unavailable");
    await away.provider.comeBack();
    away.provider.people.set("u-1", { roles: "auditor" });
    const back = await anna.comeBackAs("u-1");
    await away.provider.goAway();
    expect(await anna.open(back)).toBe("/sign-in?problem=identity_provider_unavailable");
    await away.provider.comeBack();
    expect(await anna.signIn("u-1")).toBe("/orders");
    expect((await anna.session()).staff).toEqual({ person: "u-1", roles: ["auditor"] });
  } finally {
    await away.close();
  }
});

test("roles come by the seller's own names, from where its provider says them, the userinfo endpoint as well", async () => {
  const mapped = await startServiceWithProvider(
    {
      ORDERSEAL_OIDC_ROLES_CLAIM: "realm_access.roles",
      ORDERSEAL_OIDC_ROLE_MAP: "法务=contract_desk+policy_author, audit=auditor",
      ORDERSEAL_OIDC_NAME_CLAIM: "email",
    },
    { tersely: true },
  );
  try {
    const claims = {
      preferred_username: "x",
      email: "dora@seller.example",
      realm_access: { roles: ["法务", "auditor"] },
    };
    mapped.provider.people.set("u-5", claims);
    const dora = new StaffMember(mapped.server);
    await dora.signIn("u-5");
    const expected = { person: "dora@seller.example", roles: ["contract_desk", "policy_author"] };
    expect((await dora.session()).staff).toEqual(expected);
  } finally {
    await mapped.close();
  }
});

test("where a second factor is demanded, nobody comes in without one (OWASP ASVS 5.0, 6.8.4)", async () => {
  const strict = await startServiceWithProvider({ ORDERSEAL_OIDC_ACR: "mfa urn:seller:two" });
  try {
    const { people, proofs } = strict.provider;
    const person = new StaffMember(strict.server);
    const asked = new URL(await person.open(person.signInUrl()));
    expect(asked.searchParams.get("acr_values")).toBe("mfa urn:seller:two");
    for (const [subject, proof, next] of [
      ["by-nothing", undefined, "/sign-in?problem=sign_in_too_weak"],
      ["by-password", { acr: "urn:seller:one", amr: ["pwd"] }, "/sign-in?problem=sign_in_too_weak"],
      ["by-means", { amr: ["pwd", "mfa"] }, "/orders"],
      ["by-level", { acr: "urn:seller:two" }, "/orders"],
    ] as const) {
      // What a person's own claims say of it counts for nothing.
      people.set(subject, { roles: "auditor", acr: "mfa", amr: ["mfa"] });
      if (proof) proofs.set(subject, proof);
      expect(await new StaffMember(strict.server).signIn(subject)).toBe(next);
    }
  } finally {
    await strict.close();
  }
});

test("behind https the sign-in is bound to the browser by a cookie that no other site can set", async () => {
  const secure = await startServiceWithProvider({ ORDERSEAL_PUBLIC_URL: "https://localhost:8443" });
  try {
    const response = await fetch(`${secure.server.url}/auth/sign-in`, { redirect: "manual" });
    const attributes = "Path=/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax";
    expect(response.headers.getSetCookie()[0]).toMatch(
      new RegExp(`^__Host-orderseal_sign_in=osb_[\\w-]+; ${attributes}$`),
    );
  } finally {
    await secure.close();
  }
});

test("where no provider is configured, there are no such routes", async () => {
  const without = await startTestServer();
  try {
    for (const path of ["/auth/sign-in", "/auth/callback"]) expect((await fetch(without.url + path)).status).toBe(404);
    const post = await fetch(`${without.url}/auth/backchannel-logout`, { method: "POST" });
    expect(post.status).toBe(404);
  } finally {
    await without.close();
  }
});

test("nothing secret is in the database, and nothing that was printed tells a secret or a person", async () => {
  const anna = someone();
  await anna.signIn("u-1");
  const kept = await rows(sql<{ id: string; refresh: string; text: string }>`
    SELECT encode(id_token, 'escape') AS id, encode(refresh_token, 'escape') AS refresh, oidc_sessions::text AS text
    FROM oidc_sessions`);
  expect(kept.length).toBeGreaterThan(0);
  // A JWT begins so, whatever it says.
  for (const { id, refresh, text } of kept) {
    for (const what of [id, refresh, text]) expect(what).not.toMatch(/eyJ|oss_/);
    expect(refresh.length).toBeGreaterThan(60);
  }
  const [pending] = await rows(
    sql<{ text: string }>`SELECT string_agg(pending_sign_ins::text, '') AS text FROM pending_sign_ins`,
  );
  expect(pending?.text ?? "").not.toMatch(/osb_/);
  const printed = both.server.printed.join("\n");
  expect(printed).toContain('"problem":"no_role"');
  expect(printed).not.toMatch(new RegExp(`eyJ|oss_|osb_|code=|state=|anna|carl|u-[1-5]|${CLIENT_SECRET}`));
});
