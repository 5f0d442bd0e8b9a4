import { describe, expect, test } from "vitest";
import { judgeTest } from "../../tests/judges.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { CONTRACT_LANGUAGES } from "../domain/localized.ts";
import {
  billFixture,
  lineFixture,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  withoutNumber,
} from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { textTest } from "./pdf-text.fixture.ts";
import type { DrawnPages } from "./rendered-document.ts";
import { inTemporaryFile } from "./temporary-file.fixture.ts";

const renderer = openDocumentRenderer();
const preview = (snapshot: ContractSnapshot): DrawnPages =>
  renderer.draw({ kind: "preview", snapshot: withoutNumber(snapshot) });
const contract = (snapshot: ContractSnapshot): DrawnPages => renderer.draw({ kind: "contract", snapshot });

const SUBJECTS = [
  ["an order", snapshotFixture()],
  ["an unpaid domain order", unpaidDomainFixture()],
  ["a pay-as-you-go order", payAsYouGoFixture()],
  ["a bill", billFixture()],
] as const;

describe.each(SUBJECTS)("R21: the preview of a contract on %s", (_, snapshot) => {
  test.each(CONTRACT_LANGUAGES)("has the pages of the contract in %s, and no place for a seal", (language) => {
    const drawn = preview({ ...snapshot, language });
    expect(drawn.pages).toBe(contract({ ...snapshot, language }).pages);
    expect(drawn.seal).toBeNull();
  });

  textTest("is marked on every page, has no number and nothing to verify", (read) => {
    const { pdf, pages } = preview(snapshot);
    const text = read(pdf);
    expect(text.match(/PREVIEW — not sealed, no legal effect/g)).toHaveLength(pages);
    expect(text).toContain("申请时生成");
    expect(text).toContain("Given at the request");
    expect(text).not.toMatch(/核验合同|Verify this contract|Scan the code|ACME-2026/);
  });

  test("carries neither the QR code nor the data of a contract", () => {
    const hasFigure = (pdf: Uint8Array): boolean => Buffer.from(pdf).includes("/Figure");
    expect(hasFigure(contract(snapshot).pdf)).toBe(true);
    expect(hasFigure(preview(snapshot).pdf)).toBe(false);
  });
});

textTest("the dates of the request are left open", (read) => {
  const text = read(preview(billFixture(1, { language: "en", lines: [lineFixture(0, { term: null })] })).pdf);
  expect(text).toContain("Date of preview");
  expect(text).toContain("Requested on set at the request");
  expect(text).toContain("Sealed on set at the request");
});

judgeTest("mutool", "the watermark stands on every page", (run) => {
  for (const [, snapshot] of SUBJECTS) {
    const { pdf, pages } = preview(snapshot);
    inTemporaryFile(pdf, (path) => {
      expect(run("draw", "-q", "-F", "text", path).output.match(/^预览 PREVIEW$/gm)).toHaveLength(pages);
    });
  }
});

judgeTest("qpdf", "a preview has no attachment", (run) => {
  inTemporaryFile(preview(snapshotFixture()).pdf, (path) => {
    expect(run("--list-attachments", path).output).not.toContain("contract.json");
  });
});

test("what cannot be drawn is named by its order or its bill", () => {
  expect(() => preview(snapshotFixture({ buyerAccount: "🎉" }))).toThrow(
    "the preview of order 2026101200187733 cannot",
  );
  expect(() => preview(billFixture(1, { currency: "🎉" }))).toThrow("the preview of bill 2026-10 of account 10293");
});
