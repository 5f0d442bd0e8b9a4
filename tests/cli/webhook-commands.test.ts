import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandLine } from "./command-line.ts";
import { refusalOf, saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

const NOBODY = "01a206f9-30c2-731c-b6fb-f986c8361082";
const CONTRACTABLE = "210001000000001";
/** An address of documentation: in no network, and so refused; and one that is public, to which nobody sends here. */
const [PRIVATE, PUBLIC] = ["https://10.1.2.3/hook", "https://1.1.1.1/hook?token=secret"];

interface EndpointLine {
  readonly endpoint: string;
  readonly secret: string;
  readonly pending: number;
  readonly state: string;
}

let orderseal: CommandLine;
let endpoint = "";
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
});
afterAll(() => orderseal.remove());

describe("an endpoint", () => {
  test("is set up, its secret is shown then and never again", async () => {
    expect((await orderseal.run(["webhooks", "list"])).out).toBe("No webhook endpoints.\n");
    const [created] = await orderseal.json<EndpointLine>(["webhooks", "create", PUBLIC, "--events", "contract.issued"]);
    expect(created?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    endpoint = created?.endpoint ?? "";
    const listed = await orderseal.run(["webhooks", "list", "--json"]);
    expect(listed.out).not.toContain("whsec_");
    expect(JSON.parse(listed.out)).toMatchObject({
      ...{ endpoint, url: PUBLIC, events: ["contract.issued"], account: null, state: "active", dead: 0, pending: 0 },
    });
    expect((await orderseal.run(["webhooks", "show", endpoint])).out).toMatch(/^events +contract\.issued$/m);
  });

  test("in a private network is refused with the way out, in both languages, exit 1", async () => {
    expect(await refusalOf(orderseal, ["webhooks", "create", PRIVATE])).toMatchObject({
      code: "invalid_input",
      field: "url",
      sentence: expect.stringContaining("ORDERSEAL_WEBHOOK_NETWORKS"),
    });
    const zh = await saidOf(orderseal, ["webhooks", "create", PRIVATE], "zh_CN.UTF-8");
    expect([zh.exitCode, zh.err]).toEqual([1, expect.stringMatching(/^该主机名指向内网或保留地址/)]);
  });

  test("gets a new secret; how long the old one signs, too, is said", async () => {
    const [rotated] = await orderseal.json<EndpointLine>(["webhooks", "rotate", endpoint, "--overlap", "1"]);
    expect(rotated).toMatchObject({ secret: expect.stringMatching(/^whsec_/), overlapHours: 1 });
    expect(await orderseal.json(["webhooks", "show", endpoint])).toMatchObject([{ signingSecrets: 2 }]);
    expect((await orderseal.run(["webhooks", "rotate", endpoint, "--overlap", "999"])).exitCode).toBe(2);
  });

  test("is switched off and on", async () => {
    expect((await orderseal.run(["webhooks", "disable", endpoint])).out).toBe(`Endpoint ${endpoint} is disabled.\n`);
    const doctor = await orderseal.run(["doctor"]);
    expect(doctor.out).toContain("webhooks: 1 endpoints, none in trouble");
    expect(await orderseal.json(["webhooks", "enable", endpoint.toUpperCase()])).toEqual([
      { endpoint, state: "active" },
    ]);
  });
});

describe("events", () => {
  test("are listed in their order, as CloudEvents for machines, and read on behind any of them", async () => {
    expect((await orderseal.run(["request", CONTRACTABLE])).exitCode).toBe(0);
    const events = await orderseal.json<{ type: string; sequence: string }>(["events", "list"]);
    expect(events.map(({ type }) => type)).toEqual(["contract.requested", "contract.issued"]);
    const [first] = events;
    expect(await orderseal.json(["events", "list", "--after", first?.sequence ?? ""])).toEqual(events.slice(1));
    expect(await orderseal.json(["events", "list", "--type", "contract.issued"])).toEqual(events.slice(1));
    expect(await orderseal.json(["events", "list", "--account", "acct-2"])).toEqual([]);
    expect((await orderseal.run(["events", "list"])).out).toMatch(/^1 .*contract\.requested .*\n2 .*contract\.issued /);
    expect((await orderseal.run(["events", "list", "--type", "contract.lost"])).exitCode).toBe(2);
  });

  test("wait for the endpoint that subscribed to them", async () => {
    const deliveries = ["webhooks", "deliveries", endpoint];
    expect(await orderseal.json(deliveries)).toMatchObject([
      { type: "contract.issued", state: "pending", attempts: 0, lastAttempt: null },
    ]);
    expect((await orderseal.run([...deliveries, "--state", "dead"])).out).toBe("No deliveries.\n");
    expect((await orderseal.run(deliveries)).out).toMatch(/^2 +pending +contract\.issued .*0 attempts\n$/);
  });

  test("are sent once more by their number, since one, or those that were given up", async () => {
    const replay = ["webhooks", "replay", endpoint];
    expect(await orderseal.json([...replay, "--event", "2"])).toEqual([{ endpoint, events: 1 }]);
    expect(await orderseal.json([...replay, "--from", "0000000000000001"])).toEqual([{ endpoint, events: 1 }]);
    expect(await refusalOf(orderseal, [...replay, "--event", "1"])).toMatchObject({ code: "nothing_to_replay" });
    expect(await refusalOf(orderseal, [...replay, "--dead"])).toMatchObject({ code: "nothing_to_replay" });
    for (const wrong of [[], ["--dead", "--event", "1"], ["--to", "1"], ["--event", "x"]]) {
      expect((await orderseal.run([...replay, ...wrong])).exitCode).toBe(2);
    }
  });
});

test("an endpoint is deleted, and nobody knows it any more: exit 1", async () => {
  expect(await orderseal.json(["webhooks", "delete", endpoint])).toEqual([{ endpoint, deleted: true }]);
  for (const command of ["show", "enable", "disable", "delete", "rotate", "deliveries"]) {
    expect(await refusalOf(orderseal, ["webhooks", command, endpoint])).toMatchObject({
      code: "webhook_endpoint_not_found",
    });
  }
  expect(await refusalOf(orderseal, ["webhooks", "replay", NOBODY, "--dead"])).toMatchObject({
    code: "webhook_endpoint_not_found",
  });
  expect((await orderseal.run(["webhooks", "show", "x"])).exitCode).toBe(2);
});
