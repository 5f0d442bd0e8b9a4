import { expect, test } from "vitest";
import { ownPath } from "./own-path.ts";

test.each([
  ["/orders", "/orders"],
  ["/orders?view=unpaid&q=a%20b#x", "/orders?view=unpaid&q=a%20b#x"],
  ["/合同", "/%E5%90%88%E5%90%8C"],
  ["/a/../tickets", "/tickets"],
  ["/orders?back=https://evil.example/", "/orders?back=https://evil.example/"],
])("%s is a page of ours", (text, path) => {
  expect(ownPath(text)).toBe(path);
});

test.each([
  "",
  "orders",
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "/\t/evil.example/",
  "/\n/evil.example/",
  "/.//evil.example/",
  "/..//evil.example/",
  "/x/..//evil.example/",
  "/.\\/evil.example/",
  "///evil.example",
  "javascript:alert(1)",
  "/auth/sign-in?next=/orders",
  "/v1/session",
  "/sign-in?problem=no_role",
  `/${"a".repeat(1_000)}`,
])("%j is none", (text) => {
  expect(ownPath(text)).toBeNull();
});
