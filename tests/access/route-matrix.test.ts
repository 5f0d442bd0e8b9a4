import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWebhookEndpoint } from "../../src/application/change-webhooks.ts";
import { type Caller, machine, read } from "../http/caller.ts";
import { makeKey, TESTER } from "../test-key.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { CALLER_NAMES, type CallerName, everybody } from "./callers.ts";
import { makeProposal } from "./proposed-voiding.ts";
import { type Call, type Operation, ROUTES, type RouteEntry } from "./route-table.ts";
import { makeThings, nothing, type Things } from "./things.ts";

let server: TestServer;
let callers: Readonly<Record<CallerName, Caller>>;
let own: Things;
let other: Things;
const absent = nothing();
beforeAll(async () => {
  // Every route is asked by everybody within a minute; how often one may ask is another test's (guard.test.ts).
  server = await startTestServer({ ORDERSEAL_WEBHOOK_NETWORKS: "127.0.0.1/32", ORDERSEAL_RATE_LIMIT: "0" });
  own = await makeThings(server, "matrix-own", "OWN");
  other = await makeThings(server, "matrix-other", "OTHER");
  callers = await everybody(server, own.account);
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
}

async function ask(name: CallerName, { method, path, body }: Call): Promise<Answer> {
  const isPdf = Buffer.isBuffer(body);
  const headers = body === undefined ? {} : { "content-type": isPdf ? "application/pdf" : "application/json" };
  const sent = isPdf ? new Uint8Array(body) : JSON.stringify(body);
  const response = await callers[name].send(method, path, headers, body === undefined ? undefined : sent);
  const text = await response.text();
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
  return {
    status: response.status,
    code: isProblem && text !== "" ? (JSON.parse(text) as { code: string }).code : null,
    text,
  };
}

const REFUSED = ["not_signed_in", "not_allowed", "not_found"];

/** Let in and shown: whatever came of it, it was not turned away, nor told that there is nothing. */
function expectShown(what: string, { status, code }: Answer): void {
  expect([what, status, REFUSED.includes(code ?? "")]).toEqual([what, expect.any(Number), false]);
  expect([what, status < 500]).toEqual([what, true]);
}

function expectTurnedAway(what: string, answer: Answer, name: CallerName): void {
  const expected = name === "stranger" ? [401, "not_signed_in"] : [403, "not_allowed"];
  expect([what, answer.status, answer.code]).toEqual([what, ...expected]);
}

function expectNothingThere(what: string, { status, code }: Answer): void {
  expect([what, status, code]).toEqual([what, 404, "not_found"]);
}

const isBuyer = (name: CallerName): boolean => name.startsWith("buyer_");

/** Something of the seller's that exists, made anew: the call may take it away. */
async function existing(operation: Operation): Promise<string> {
  if (operation.includes("Proposal")) return makeProposal(server);
  if (!operation.includes("Webhook")) {
    await makeKey(server.services, operation);
    const keys = await server.services.access.listApiKeys();
    return keys.findLast(({ name }) => name === operation)?.id ?? "";
  }
  const made = await createWebhookEndpoint(server.services, TESTER, {
    ...{ url: "http://127.0.0.1:49151/", description: "", eventTypes: [], account: null },
  });
  return made.kind === "created" ? made.id : "";
}

const matrix = {
  async account(what, entry, name) {
    const [mine, theirs, none] = (await Promise.all(
      [own, other, absent].map((things) => ask(name, entry.call(things, ""))),
    )) as [Answer, Answer, Answer];
    expectNothingThere(`${what} absent`, none);
    const blind = entry.blind?.[name];
    if (blind === "not_allowed") return expectTurnedAway(`${what} own`, mine, name);
    if (blind === "not_found") return expectNothingThere(`${what} own`, mine);
    expectShown(`${what} own`, mine);
    if (!isBuyer(name)) return expectShown(`${what} other`, theirs);
    // Word for word as what does not exist, but for the name that was asked for.
    expect([what, told(theirs, other)]).toEqual([what, told(none, absent)]);
  },
  async listing(what, entry, name) {
    const { path } = entry.call(own, "");
    const all = await ask(name, { method: "GET", path: `${path}?limit=200` });
    expectShown(what, all);
    if (isBuyer(name)) expect(accountsIn(all)).toEqual(new Set([own.account]));
    const [mine, theirs, none] = (await Promise.all(
      [own, other, absent].map(({ account }) => ask(name, { method: "GET", path: `${path}?account=${account}` })),
    )) as [Answer, Answer, Answer];
    expectShown(`${what} own`, mine);
    if (isBuyer(name)) return expect([what, theirs, none.code]).toEqual([what, none, "not_found"]);
    expect(JSON.parse(none.text)).toEqual({ items: [], next: null });
    const seesQueue = !(path === "/v1/tickets" && name === "marketplace_desk");
    expect([what, [...accountsIn(theirs)]]).toEqual([what, seesQueue ? [other.account] : []]);
  },
  async named_in_body(what, entry, name) {
    const [mine, theirs, none] = (await Promise.all(
      [own, other, absent].map((things) => ask(name, entry.call(things, ""))),
    )) as [Answer, Answer, Answer];
    for (const answer of [mine, theirs, none]) expect([what, answer.status]).toEqual([what, 200]);
    expect(none.text).toContain("not_found");
    expect(mine.text).not.toContain("not_found");
    if (isBuyer(name)) expect(told(theirs, other)).toBe(told(none, absent));
    else expect(theirs.text).not.toContain("not_found");
  },
  async thing(what, entry, name, operation) {
    expectNothingThere(`${what} absent`, await ask(name, entry.call(own, "0191d5e4-0000-7000-8000-000000000000")));
    const answer = await ask(name, entry.call(own, await existing(operation)));
    if (entry.blind?.[name] === "not_allowed") expectTurnedAway(what, answer, name);
    else expectShown(what, answer);
  },
  async anything(what, entry, name) {
    for (const things of [own, other]) {
      const answer = await ask(name, entry.call(things, ""));
      expect([what, answer.code === "not_signed_in" || answer.code === "not_allowed"]).toEqual([what, false]);
      expect([what, answer.status < 500]).toEqual([what, true]);
    }
  },
} as const satisfies Record<RouteEntry["about"], Check>;
type Check = (what: string, entry: RouteEntry, name: CallerName, operation: Operation) => Promise<unknown>;

/** What was said, with the names of what was asked for taken out. */
function told({ status, text }: Answer, things: Things): string {
  return `${status} ${Object.values(things).reduce((left, name) => left.replaceAll(name, "…"), text)}`;
}

function accountsIn({ text }: Answer): ReadonlySet<string> {
  const { items } = JSON.parse(text) as { items: { account?: string; buyerAccount?: string }[] };
  return new Set(items.map(({ account }) => account ?? ""));
}

describe.each(Object.entries(ROUTES) as [Operation, RouteEntry][])("%s", (operation, entry) => {
  const { who } = entry;
  const insiders = who === "anybody" ? (["stranger"] as const) : who;
  const outsiders = who === "anybody" ? [] : CALLER_NAMES.filter((name) => !who.includes(name));

  test("turns everybody else away, whatever they ask about", async () => {
    for (const name of outsiders) {
      for (const things of [own, other, absent]) {
        const answer = await ask(name, entry.call(things, "0191d5e4-0000-7000-8000-000000000000"));
        expectTurnedAway(`${operation} as ${name}`, answer, name);
      }
    }
  });

  test("is for whom it is meant", async () => {
    for (const name of insiders) {
      await matrix[entry.about](`${operation} as ${name}`, entry, name, operation);
    }
  });
});

test("every route of the service is in the table, and in the API's description or hidden on purpose", async () => {
  const { paths } = await read<{ paths: Record<string, Record<string, { operationId: string }>> }>(
    await machine(server).get("/openapi.json"),
  );
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(described.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

/** Of what is recorded each time that somebody takes it there is no HEAD at all. */
const NOT_FOR_LOOKING = new Set<string>(["readEvidence", "exportAudit"]);

test("what cannot be had by GET cannot be had by HEAD", async () => {
  for (const [operation, { who, call }] of Object.entries(ROUTES)) {
    const { method, path } = call(own, "0191d5e4-0000-7000-8000-000000000000");
    if (method !== "GET" || who === "anybody") continue;
    const [stranger, idle] = [
      await ask("stranger", { method: "HEAD", path }),
      await ask("idle_machine", { method: "HEAD", path }),
    ];
    const expected = NOT_FOR_LOOKING.has(operation) ? [404, 404] : [401, 403];
    expect([operation, stranger.status, idle.status]).toEqual([operation, ...expected]);
  }
});
