import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERIFICATION_REASONS, verdictOfVerification } from "../src/domain/verification-reason.ts";
import { reasonSentence } from "../src/domain/verification-text.ts";

test("docs/verification.md lists every reason with its verdict and its sentences, in the order of the checks", () => {
  const page = readFileSync(new URL("../docs/verification.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => /^\| `\w+` \| (passed|indeterminate|failed) \|/.test(line));
  const expected = VERIFICATION_REASONS.map((reason) => {
    const { en, "zh-CN": chinese } = reasonSentence(reason);
    return `| \`${reason}\` | ${verdictOfVerification[reason]} | ${en} | ${chinese} |`;
  });
  expect(rows).toEqual(expected);
});
