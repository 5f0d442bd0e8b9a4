import { describe, expect, test } from "vitest";
import { SIGNATURE_STATES, VERIFICATION_REASONS, verdictOfVerification } from "./verification-reason.ts";
import { reasonSentence, signatureSentence } from "./verification-text.ts";

const sentences = [
  ...VERIFICATION_REASONS.map((reason) => [reason, reasonSentence(reason)] as const),
  ...SIGNATURE_STATES.map((state) => [`signature ${state}`, signatureSentence(state)] as const),
];

describe("every reason is told in both languages", () => {
  test.each(sentences)("%s", (_, said) => {
    expect(said.en).toMatch(/^[A-Z][^\p{Script=Han}，。；：]+\.$/u);
    expect(said["zh-CN"]).toMatch(/^[\p{Script=Han}\w（）、，：；。\s-]+。$/u);
    // A half-width sign between Chinese characters is a slip of the keyboard; so is a space.
    expect(said["zh-CN"]).not.toMatch(/\p{Script=Han}[ ,;:?!()]\p{Script=Han}/u);
    // 签字 and 印章 are of paper; a seal is 签章, what it rests on is 签名, 证书, 时间戳.
    expect(said["zh-CN"]).not.toMatch(/签字|印章|戳记|凭证|您的/);
  });

  test("no two of them alike", () => {
    for (const language of ["zh-CN", "en"] as const) {
      const reasons = VERIFICATION_REASONS.map((reason) => reasonSentence(reason)[language]);
      expect(new Set(reasons).size).toBe(reasons.length);
    }
  });
});

test("only one finding is acceptance, and what the books tell is none", () => {
  expect(VERIFICATION_REASONS.filter((reason) => verdictOfVerification[reason] === "passed")).toEqual(["intact"]);
  expect(verdictOfVerification.not_issued_here).toBe("indeterminate");
  expect(verdictOfVerification.later_revision_changes_content).toBe("failed");
  expect(verdictOfVerification.later_revision_unexplained).toBe("indeterminate");
});
