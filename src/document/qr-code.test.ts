import { expect, test } from "vitest";
import { qrCodeSvg } from "./qr-code.ts";

test("is one path whose modules fill the view box, with the three finder patterns in place", () => {
  const svg = qrCodeSvg("https://verify.seller.example/c/ACME-202611-000042-K");
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  expect((size - 17) % 4).toBe(0);
  expect(svg.match(/<path/g)).toHaveLength(1);
  expect(svg).toContain("M0 0h7v1h-7z");
  expect(svg).toContain(`M${size - 7} 0h7v1h-7z`);
  expect(svg).toContain(`M0 ${size - 1}h7v1h-7z`);
});

test("holds an address of 400 characters and refuses one of 4000", () => {
  expect(qrCodeSvg(`https://seller.example/${"a".repeat(400)}`)).toContain("<path");
  expect(() => qrCodeSvg("a".repeat(4000))).toThrow();
});
