import { describe, expect, test } from "vitest";
import { isErasureReference, parseErasureReason } from "./erasure.ts";
import { formatOfFile, parseEvidenceId, parseEvidenceKind } from "./evidence.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3, 0xff, 0xd9]);

describe("a file is what its content says", () => {
  test.each([
    ["a PDF", Buffer.from("%PDF-1.7\n…"), "application/pdf"],
    ["a PNG", PNG, "image/png"],
    ["a JPEG", JPEG, "image/jpeg"],
    ["a PNG that was cut off", PNG.subarray(0, -1), null],
    ["a JPEG with something behind it", Buffer.concat([JPEG, Buffer.from("<script>")]), null],
    ["a page", Buffer.from("<html>%PDF-1.7</html>"), null],
    ["nothing", Buffer.of(), null],
  ])("%s", (_, bytes, format) => {
    expect(formatOfFile(bytes)).toBe(format);
  });
});

test("ids, kinds and reasons are read as they are written, and nothing else", () => {
  expect(parseEvidenceId("01a206f9-30c2-731c-b6fb-f986c8361082")).not.toBeNull();
  expect(parseEvidenceId("01A206F9-30c2-731c-b6fb-f986c8361082")).toBeNull();
  expect(parseEvidenceKind("business_licence")).toBe("business_licence");
  expect(parseEvidenceKind("passport of Zhang San")).toBeNull();
  expect(parseErasureReason("requested")).toBe("requested");
  expect(parseErasureReason("张三要求")).toBeNull();
});

test.each([
  ["CASE-2026/118", true],
  ["张三", false],
  ["Zhang San", false],
  ["zhang@example.com", false],
  ["", false],
  ["x".repeat(61), false],
])("%j is the number of a case: %s", (text, isOne) => {
  expect(isErasureReference(text)).toBe(isOne);
});
