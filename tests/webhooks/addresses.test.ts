import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { describe, expect, test } from "vitest";
import { NO_FAULTS } from "../../src/application/fault-points.ts";
import type { WebhookMessage } from "../../src/application/webhook-sender.ts";
import { instantOf } from "../../src/domain/time.ts";
import { openHttpWebhookSender } from "../../src/jobs/webhooks/http-webhook-sender.ts";
import { readNetworks } from "../../src/jobs/webhooks/network.ts";
import { systemResolver } from "../../src/jobs/webhooks/system-resolver.ts";
import { findAddresses, type HostResolver } from "../../src/jobs/webhooks/webhook-addresses.ts";
import { openReceiver } from "./receiver.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const never = new AbortController().signal;

function networks(text: string) {
  const read = readNetworks(text);
  if (!read.ok) throw new Error(read.fault);
  return read.value;
}

/** Answers these, one set after the other, and the last one from then on. */
function answering(...answers: readonly (readonly string[])[]): { resolve: HostResolver; asked: readonly string[] } {
  const asked: string[] = [];
  const resolve: HostResolver = async (host) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return { resolve, asked };
}

function sender(resolve: HostResolver, allowed = "") {
  const clock = { now: () => instantOf(Date.now()) };
  return openHttpWebhookSender({ clock, resolve, networks: networks(allowed), faults: NO_FAULTS });
}

function message(url: string): WebhookMessage {
  const event = { id: "1", type: "t", subject: "s", account: "a", sequence: "1", data: {} };
  return { url, id: "1", body: JSON.stringify(event), secrets: [SECRET] };
}

describe("an address that is not of the public internet is refused", () => {
  test.each([
    ["this network", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["link-local", "169.254.0.1"],
    ["metadata of a cloud", "169.254.169.254"],
    ["protocol assignments", "192.0.0.8"],
    ["documentation", "192.0.2.1"],
    ["documentation", "198.51.100.1"],
    ["documentation", "203.0.113.1"],
    ["6to4 relay", "192.88.99.1"],
    ["benchmark", "198.18.0.1"],
    ["benchmark", "198.19.255.255"],
    ["multicast", "224.0.0.1"],
    ["multicast", "239.255.255.250"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
    ["IPv4-mapped metadata", "::ffff:a9fe:a9fe"],
    ["IPv4-mapped public", "::ffff:1.1.1.1"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["local NAT64", "64:ff9b:1::7f00:1"],
    ["discard", "100::1"],
    ["Teredo", "2001::1"],
    ["benchmark", "2001:2::1"],
    ["ORCHID", "2001:20::1"],
    ["documentation", "2001:db8::1"],
    ["documentation", "3fff::1"],
    ["6to4 of a private address", "2002:a00:1::"],
    ["SRv6", "5f00::1"],
    ["unique local", "fc00::1"],
    ["unique local, metadata of a cloud", "fd00:ec2::254"],
    ["link-local", "fe80::1"],
    ["link-local with its interface", "fe80::1%1"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
  ])("%s: %s", async (_, address) => {
    const { resolve } = answering([address]);
    const url = new URL("https://shop.example/");
    expect(await findAddresses(url, { resolve, networks: [] })).toEqual({ ok: false, fault: "address_refused" });
    // Also when another address of the same name is public.
    const both = answering(["1.1.1.1", address]);
    expect(await findAddresses(url, { ...both, networks: [] })).toEqual({ ok: false, fault: "address_refused" });
  });

  test.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0177.1/",
    "https://[::1]/",
    "https://[::ffff:7f00:1]/",
  ])("written into the URL itself: %s, without asking anybody", async (url) => {
    const { resolve, asked } = answering(["1.1.1.1"]);
    expect(await sender(resolve).checkUrl(url)).toEqual({ ok: false, fault: "address_refused" });
    expect(await sender(resolve).send(message(url), never)).toEqual({ kind: "unanswered", fault: "address_refused" });
    expect(asked).toEqual([]);
  });

  test.each([
    "1.1.1.1",
    "11.0.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "198.17.0.1",
    "223.255.255.255",
  ])("and %s is one", async (address) => {
    const { resolve } = answering([address, "2606:4700::1111", "2a00:1450::1"]);
    expect(await sender(resolve).checkUrl("https://shop.example/")).toEqual({
      ok: true,
      value: "https://shop.example/",
    });
  });
});

describe("ORDERSEAL_WEBHOOK_NETWORKS", () => {
  test("allows its networks and no other, plain http there and nowhere else", async () => {
    const allowed = "10.1.0.0/16, fd00::/8";
    const check = (url: string, ...addresses: string[]) => sender(answering(addresses).resolve, allowed).checkUrl(url);
    expect((await check("http://shop.internal/", "10.1.2.3", "fd12::1")).ok).toBe(true);
    expect((await check("https://shop.internal/", "10.1.2.3", "1.1.1.1")).ok).toBe(true);
    expect(await check("https://shop.internal/", "10.2.0.1")).toEqual({ ok: false, fault: "address_refused" });
    expect(await check("http://shop.internal/", "10.1.2.3", "1.1.1.1")).toEqual({ ok: false, fault: "plain_http" });
    expect(await check("http://shop.example/", "1.1.1.1")).toEqual({ ok: false, fault: "plain_http" });
    expect(await check("https://shop.example/")).toEqual({ ok: false, fault: "unresolvable" });
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "fd00::/129", "x/8", "10.0.0.0/8,", "10.0.0.0/-1", "::ffff:1/8/8", "1.2.3/8"])(
    "%s is no list of networks",
    (text) => {
      expect(readNetworks(text)).toMatchObject({ ok: false });
    },
  );

  test("may be empty", () => {
    expect(["", " "].map(readNetworks)).toEqual(Array(2).fill({ ok: true, value: [] }));
  });
});

describe("a name is resolved once for an attempt, by us", () => {
  test("and the socket goes to that address: a name that points elsewhere a moment later gains nothing", async () => {
    const [good, evil] = [await openReceiver(), await openReceiver()];
    try {
      const port = new URL(good.url).port;
      // A second look would find 127.0.0.2, where nobody listens at this port.
      const { resolve, asked } = answering(["127.0.0.1"], ["127.0.0.2"]);
      const sending = sender(resolve, "127.0.0.0/8");
      const url = `http://rebound.example:${port}/hook`;
      expect(await sending.send(message(url), never)).toMatchObject({ kind: "answered", status: 204 });
      expect(asked).toEqual(["rebound.example"]);
      expect(good.received[0]?.headers.host).toBe(`rebound.example:${port}`);
      expect(await sending.send(message(url), never)).toEqual({ kind: "unanswered", fault: "unreachable" });
      expect(asked).toHaveLength(2);
    } finally {
      await Promise.all([good.close(), evil.close()]);
    }
  });

  test("at each attempt anew: an address that was public and is private now is refused", async () => {
    const { resolve } = answering(["1.1.1.1"], ["127.0.0.1"]);
    const shop = await openReceiver();
    try {
      const url = `https://rebound.example:${new URL(shop.url).port}/hook`;
      const sending = sender(resolve);
      expect((await sending.checkUrl(url)).ok).toBe(true);
      expect(await sending.send(message(url), never)).toEqual({ kind: "unanswered", fault: "address_refused" });
      expect(shop.received).toEqual([]);
    } finally {
      await shop.close();
    }
  });

  test("a resolver that hangs ends with the attempt, or with the stop", async () => {
    const clock = { now: () => instantOf(Date.now()) };
    const hanging = openHttpWebhookSender({
      ...{ clock, networks: [], faults: NO_FAULTS, timeoutMs: 50 },
      resolve: () => new Promise(() => {}),
    });
    expect(await hanging.send(message("https://x.example/"), never)).toEqual({ kind: "unanswered", fault: "timeout" });
    expect(await hanging.send(message("https://x.example/"), AbortSignal.abort())).toEqual({ kind: "stopped" });
  });

  test("names of the own machine are known to the operating system", async () => {
    expect((await systemResolver("localhost")).length).toBeGreaterThan(0);
  });
});

describe("redirects are not followed", () => {
  test.each([301, 302, 303, 307, 308])("%d leads nowhere, whatever it points at", async (status) => {
    const inside = await openReceiver();
    const outside = await openReceiver(() => ({ status, headers: { location: inside.url } }));
    try {
      const { resolve } = answering([]);
      const sent = await sender(resolve, "127.0.0.0/8").send(message(outside.url), never);
      expect(sent).toMatchObject({ kind: "answered", status });
      expect(inside.received).toEqual([]);
    } finally {
      await Promise.all([inside.close(), outside.close()]);
    }
  });
});

describe("whatever a receiver says, the attempt ends", () => {
  test.each([
    ["it asks for another protocol", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
    ["it does not speak HTTP", "220 mail.example ESMTP\r\n"],
    ["its headers have no end", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`],
  ])("%s: malformed", async (_, answer) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.write(answer));
    });
    const url = await listening(server);
    try {
      const sending = sender(systemResolver, "127.0.0.0/8");
      expect(await sending.send(message(url), never)).toEqual({ kind: "unanswered", fault: "malformed" });
    } finally {
      server.close();
    }
  });

  test("it has no TLS where TLS was expected: tls_failed; it hangs up: unreachable", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", (data) =>
        data[0] === 0x16 ? socket.end("HTTP/1.1 400 Bad Request\r\n\r\n") : socket.destroy(),
      );
    });
    const url = await listening(server);
    try {
      const sending = sender(systemResolver, "127.0.0.0/8");
      const secure = url.replace("http:", "https:");
      expect(await sending.send(message(secure), never)).toEqual({ kind: "unanswered", fault: "tls_failed" });
      expect(await sending.send(message(url), never)).toEqual({ kind: "unanswered", fault: "unreachable" });
    } finally {
      server.close();
    }
  });

  test.each([
    ["120", 120_000],
    ["Sat, 28 Nov 2026 08:01:00 GMT", 60_000],
    ["Sat, 28 Nov 2026 07:00:00 GMT", 0],
    ["soon", null],
  ])("Retry-After: %s", async (text, retryAfterMs) => {
    const shop = await openReceiver(() => ({ status: 503, headers: { "retry-after": text } }));
    const clock = { now: () => instantOf(Date.parse("2026-11-28T08:00:00Z")) };
    const allowed = networks("127.0.0.0/8");
    try {
      const sending = openHttpWebhookSender({ clock, resolve: systemResolver, networks: allowed, faults: NO_FAULTS });
      expect(await sending.send(message(shop.url), never)).toEqual({ kind: "answered", status: 503, retryAfterMs });
    } finally {
      await shop.close();
    }
  });
});

async function listening(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
