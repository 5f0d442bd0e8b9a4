import { describe, expect, test } from "vitest";
import { parseWebhookUrl } from "./webhook-url.ts";

describe("the address of an endpoint", () => {
  test.each([
    ["https://shop.example/hook", "https://shop.example/hook"],
    ["HTTPS://Shop.Example:8443/hook?token=1#top", "https://shop.example:8443/hook?token=1"],
    ["http://10.1.2.3:80/", "http://10.1.2.3/"],
    // Other spellings of one address; which it is decides later.
    ["http://2130706433/", "http://127.0.0.1/"],
    ["http://0x7f.1/", "http://127.0.0.1/"],
    ["https://[::FFFF:127.0.0.1]/", "https://[::ffff:7f00:1]/"],
    ["https://例子.example/", "https://xn--fsqu00a.example/"],
  ])("%s is taken as %s", (text, url) => {
    const parsed = parseWebhookUrl(text);
    expect(parsed.ok && parsed.value.href).toBe(url);
  });

  test.each([
    ["", "not_a_url"],
    ["shop.example/hook", "not_a_url"],
    ["ftp://shop.example/", "not_a_url"],
    ["file:///etc/passwd", "not_a_url"],
    ["https://", "not_a_url"],
    ["https://shop.example:99999/", "not_a_url"],
    [`https://shop.example/${"x".repeat(2_000)}`, "not_a_url"],
    ["https://user@shop.example/", "credentials_in_url"],
    ["https://:secret@shop.example/", "credentials_in_url"],
    ["http://shop.example:22/", "port_refused"],
    ["https://shop.example:25/", "port_refused"],
    ["https://shop.example:0/", "port_refused"],
  ])("%s is refused: %s", (text, fault) => {
    expect(parseWebhookUrl(text)).toEqual({ ok: false, fault });
  });
});
