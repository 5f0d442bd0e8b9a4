import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signIn } from "../http/caller.ts";
import type { TestIdentityProvider } from "./identity-provider.ts";
import { type ServiceWithProvider, startServiceWithProvider } from "./service-with-provider.ts";
import { StaffMember } from "./staff-member.ts";

const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };

let both: ServiceWithProvider;
let provider: TestIdentityProvider;
beforeAll(async () => {
  both = await startServiceWithProvider();
  provider = both.provider;
});
afterAll(() => both?.close());
beforeEach(() => {
  provider.people.set("u-1", { preferred_username: "anna", roles: ["contract_desk"] });
});

async function anna(): Promise<StaffMember> {
  const member = new StaffMember(both.server);
  expect(await member.signIn("u-1")).toBe("/orders");
  return member;
}

async function rows<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return (await query.execute(both.server.services.database)).rows;
}

function hashOf(member: StaffMember): string {
  return createHash("sha256")
    .update(member.browser.cookie("orderseal_session") ?? "")
    .digest("hex");
}

/** As if the roles had been read so many minutes ago, and their time had come. */
async function letPass(member: StaffMember, minutes: number): Promise<void> {
  await rows(sql`UPDATE oidc_sessions SET claimed_until = NULL, renew_at = now() - interval '1 second',
    roles_read_at = now() - ${minutes} * interval '1 minute' WHERE token_sha256 = ${hashOf(member)}`);
}

function rolesOf(member: StaffMember): Promise<readonly string[] | undefined> {
  return member.session().then(({ staff }) => staff?.roles);
}

/** What the audit says last of a session of hers. */
async function lastAct(): Promise<{ action: string; actor: string; detail: Record<string, string> } | undefined> {
  const found = await rows(sql<{ action: string; actor: string; detail: Record<string, string> }>`
    SELECT action, actor, detail FROM audit_entries WHERE object_id = 'anna' ORDER BY entry_id DESC LIMIT 1`);
  return found[0];
}

function refreshes(): number {
  return provider.granted.get("refresh_token") ?? 0;
}

describe("when the access token's life is over", () => {
  test("the roles are read again, and not before", async () => {
    const member = await anna();
    provider.people.set("u-1", { preferred_username: "anna", roles: ["policy_author", "auditor"] });
    expect(await rolesOf(member)).toEqual(["contract_desk"]);
    await letPass(member, 15);
    expect((await member.get("/v1/policy/draft")).status).not.toBe(403);
    expect(await rolesOf(member)).toEqual(["policy_author", "auditor"]);
    expect(await lastAct()).toEqual({
      action: "session.roles_changed",
      actor: "identity-provider",
      detail: { source: "oidc", before: "contract_desk", roles: "policy_author,auditor" },
    });
  });

  test("one of many requests refreshes, and the token that came in its place is good the next time", async () => {
    const member = await anna();
    for (let time = 1; time <= 3; time++) {
      const before = refreshes();
      await letPass(member, 15);
      const answers = await Promise.all(Array.from({ length: 10 }, () => member.get("/v1/orders")));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(refreshes() - before).toBe(1);
    }
  });

  test("two nodes ask once", async () => {
    const member = await anna();
    await letPass(member, 15);
    const before = refreshes();
    // As the other node has claimed it at this moment.
    await rows(sql`UPDATE oidc_sessions SET claimed_until = now() + interval '20 seconds'`);
    expect((await member.get("/v1/orders")).status).toBe(200);
    expect(refreshes()).toBe(before);
    // Too old to be believed: whoever asks meanwhile waits for what the other one hears.
    await letPass(member, 61);
    await rows(sql`UPDATE oidc_sessions SET claimed_until = now() + interval '20 seconds'`);
    expect((await member.get("/v1/orders")).status).toBe(503);
    // The other one was killed.
    await rows(sql`UPDATE oidc_sessions SET claimed_until = now() - interval '1 second'`);
    expect((await member.get("/v1/orders")).status).toBe(200);
    expect(refreshes()).toBe(before + 1);
  });

  test("a role that was taken away is gone, and somebody without any is signed out", async () => {
    const member = await anna();
    provider.people.set("u-1", { preferred_username: "anna", roles: [] });
    await letPass(member, 15);
    expect((await member.get("/v1/orders")).status).toBe(401);
    expect(await lastAct()).toMatchObject({ action: "session.ended", actor: "identity-provider" });
    expect((await lastAct())?.detail.reason).toBe("no_role");
    provider.people.set("u-1", { preferred_username: "anna", roles: ["contract_desk"] });
    expect((await member.session()).signedIn).toBe(false);
  });

  test("a grant that was revoked ends the session", async () => {
    const member = await anna();
    await provider.revokeGrantsOf("u-1");
    await letPass(member, 15);
    expect((await member.get("/v1/orders")).status).toBe(401);
    expect((await lastAct())?.detail.reason).toBe("grant_refused");
  });

  test("a token that somebody else has used ends the session, as its copy does there", async () => {
    const member = await anna();
    const [former] = await rows(sql<{ refresh_token: Buffer }>`
      SELECT refresh_token FROM oidc_sessions WHERE token_sha256 = ${hashOf(member)}`);
    await letPass(member, 15);
    expect((await member.get("/v1/orders")).status).toBe(200);
    await rows(sql`UPDATE oidc_sessions SET refresh_token = ${former?.refresh_token}
      WHERE token_sha256 = ${hashOf(member)}`);
    await letPass(member, 15);
    expect((await member.get("/v1/orders")).status).toBe(401);
  });

  test("tokens of another session are none for this one", async () => {
    const [mine, other] = [await anna(), await anna()];
    await rows(sql`UPDATE oidc_sessions SET refresh_token = other.refresh_token FROM oidc_sessions other
      WHERE oidc_sessions.token_sha256 = ${hashOf(mine)} AND other.token_sha256 = ${hashOf(other)}`);
    await letPass(mine, 15);
    expect((await mine.get("/v1/orders")).status).toBe(401);
    expect((await lastAct())?.detail.reason).toBe("not_renewable");
  });
});

describe("while the provider is away", () => {
  test("a session goes on for an hour after its roles were read, without asking at each request, and then ends", async () => {
    const [member, late] = [await anna(), await anna()];
    const before = both.server.printed.length;
    await provider.goAway();
    try {
      for (const each of [member, late]) await letPass(each, 59);
      expect([(await member.get("/v1/orders")).status, (await member.get("/v1/orders")).status]).toEqual([200, 200]);
      const said = both.server.printed.slice(before).filter((line) => line.includes("sign-in not renewed"));
      expect(said).toHaveLength(1);
      expect(JSON.parse(said[0] ?? "")).toMatchObject({ level: "warn", reason: "unreachable" });
      await letPass(late, 61);
      expect((await late.get("/v1/orders")).status).toBe(401);
      expect((await lastAct())?.detail.reason).toBe("provider_unavailable");
    } finally {
      await provider.comeBack();
    }
    await letPass(member, 61);
    expect((await member.get("/v1/orders")).status).toBe(200);
  });

  test("signing out ends the session here all the same", async () => {
    const member = await anna();
    await provider.goAway();
    try {
      expect((await member.signOut()).status).toBe(200);
    } finally {
      await provider.comeBack();
    }
    expect((await member.session()).signedIn).toBe(false);
  });
});

test("without a refresh token a session ends after an hour", async () => {
  const member = await anna();
  await rows(sql`UPDATE oidc_sessions SET refresh_token = NULL`);
  expect((await member.get("/v1/orders")).status).toBe(200);
  await letPass(member, 61);
  expect((await member.get("/v1/orders")).status).toBe(401);
});

describe("signing out", () => {
  test("ends the session here, and leads to where the provider's ends, which leads back", async () => {
    const member = await anna();
    const response = await member.signOut();
    expect(response.status).toBe(200);
    const { signOutUrl } = (await response.json()) as { signOutUrl: string };
    const url = new URL(signOutUrl);
    expect(url.origin + url.pathname).toBe(`${provider.issuer}/session/end`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "orderseal",
      id_token_hint: expect.stringMatching(/^eyJ/),
      post_logout_redirect_uri: `${both.server.url}/sign-in`,
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect((await member.session()).signedIn).toBe(false);
    expect(await lastAct()).toMatchObject({ action: "session.ended", actor: "anna" });
    expect(await (await member.follow(signOutUrl)).response.text()).toContain("Sign out?");
  });

  test("takes the grant for offline access back", async () => {
    const member = await anna();
    const before = await rows(sql`SELECT FROM oidc_sessions WHERE token_sha256 = ${hashOf(member)}`);
    expect(before).toHaveLength(1);
    const revoked = provider.revocations;
    await member.signOut();
    await expect.poll(() => provider.revocations).toBe(revoked + 1);
    expect(await rows(sql`SELECT FROM oidc_sessions WHERE token_sha256 = ${hashOf(member)}`)).toEqual([]);
  });

  test("of a session that no provider has opened is as it was", async () => {
    const cookie = await signIn(both.server, "demo-enterprise");
    const response = await fetch(`${both.server.url}/v1/session`, { method: "DELETE", headers: { cookie } });
    expect(response.status).toBe(204);
  });
});

describe("what the provider has signed out", () => {
  const tell = (token: string, type = "application/x-www-form-urlencoded") =>
    fetch(`${both.server.url}/auth/backchannel-logout`, {
      method: "POST",
      headers: { "content-type": type },
      body: new URLSearchParams({ logout_token: token }).toString(),
    });
  const sidOf = async (member: StaffMember) => {
    const [row] = await rows(sql<{ sid: string }>`
      SELECT sid FROM oidc_sessions WHERE token_sha256 = ${hashOf(member)}`);
    return row?.sid ?? "";
  };

  test("is signed out here, session by session, when it is ended at the provider's own page", async () => {
    const [member, elsewhere] = [await anna(), await anna()];
    const asked = await member.follow(`${provider.issuer}/session/end`);
    const form = await asked.response.text();
    const field = (pattern: RegExp) => pattern.exec(form)?.[1] ?? "";
    const body = new URLSearchParams({ xsrf: field(/name="xsrf" value="([^"]+)"/), logout: "yes" });
    await member.browser.send(field(/action="([^"]+)"/), { method: "POST", body });
    await expect.poll(async () => (await member.session()).signedIn).toBe(false);
    expect((await lastAct())?.detail.reason).toBe("provider_logout");
    expect((await elsewhere.session()).signedIn).toBe(true);
  });

  test("is one session by its sid, all of a person's by their sub, and nobody else's", async () => {
    provider.people.set("u-2", { preferred_username: "bea", roles: "auditor" });
    const [first, second, bea] = [await anna(), await anna(), new StaffMember(both.server)];
    await bea.signIn("u-2");
    const sid = await sidOf(first);
    // Of another person it is no session.
    expect((await tell(await provider.signed({ sid, sub: "u-2", events: EVENTS }))).status).toBe(200);
    expect((await first.session()).signedIn).toBe(true);
    const response = await tell(await provider.signed({ sid, events: EVENTS }));
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect([(await first.session()).signedIn, (await second.session()).signedIn]).toEqual([false, true]);
    expect((await tell(await provider.signed({ sub: "u-1", events: EVENTS }))).status).toBe(200);
    expect([(await second.session()).signedIn, (await bea.session()).signedIn]).toEqual([false, true]);
  });

  test("is told once: a token that comes again is refused", async () => {
    const token = await provider.signed({ sub: "u-1", events: EVENTS });
    expect((await tell(token)).status).toBe(200);
    const member = await anna();
    const again = await tell(token);
    expect(again.status).toBe(400);
    expect(await again.json()).toEqual({ error: "invalid_request", error_description: "replayed" });
    expect((await member.session()).signedIn).toBe(true);
  });

  test("is believed of the provider alone, of this client alone, and for a while only", async () => {
    const member = await anna();
    const good = { sub: "u-1", events: EVENTS };
    const now = Math.floor(Date.now() / 1000);
    const bad = {
      "another key": await provider.signed(good, { isForged: true }),
      "another client": await provider.signed({ ...good, aud: "another" }),
      "another issuer": await provider.signed({ ...good, iss: "https://evil.example" }),
      "a nonce, as ID tokens have": await provider.signed({ ...good, nonce: "x" }),
      "no event": await provider.signed({ sub: "u-1" }),
      "another event": await provider.signed({ ...good, events: { other: {} } }),
      "an event that is none": await provider.signed({ ...good, events: { [Object.keys(EVENTS)[0] ?? ""]: "x" } }),
      nobody: await provider.signed({ events: EVENTS }),
      "no jti": await provider.signed({ ...good, jti: "" }),
      "long ago": await provider.signed({ ...good, iat: now - 3_600 }),
      "to come": await provider.signed({ ...good, iat: now + 3_600 }),
      expired: await provider.signed({ ...good, exp: now - 60 }),
      "another kind": await provider.signed(good, { typ: "at+jwt" }),
      unsigned: `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(good)).toString("base64url")}.`,
      "no token": "x",
    };
    for (const [what, token] of Object.entries(bad)) {
      expect.soft([what, (await tell(token)).status]).toEqual([what, 400]);
    }
    expect((await tell(await provider.signed(good), "application/json")).status).toBe(415);
    expect((await tell("x".repeat(70_000))).status).toBe(413);
    expect((await member.session()).signedIn).toBe(true);
    expect((await tell(await provider.signed(good))).status).toBe(200);
    expect((await member.session()).signedIn).toBe(false);
  });
});

test("nothing that was printed tells a token or a person", () => {
  const printed = both.server.printed.join("\n");
  expect(printed).toContain("logout of the identity provider refused");
  expect(printed).not.toMatch(/eyJ|oss_|osb_|anna|bea|u-[12]\b/);
});
