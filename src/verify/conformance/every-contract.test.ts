import { beforeAll, describe, expect, test } from "vitest";
import { judgeTest } from "../../../tests/judges.ts";
import {
  billFixture,
  checklistFixture,
  manyLines,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  unpaidFixture,
  withoutNumber,
} from "../../document/contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "../../document/document-renderer.ts";
import { sealOrThrow, setUpSealBench } from "../../document/seal/sealed-sample.fixture.ts";
import { inTemporaryFile } from "../../document/temporary-file.fixture.ts";
import type { ContractSnapshot } from "../../domain/contract-snapshot.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage } from "../../domain/localized.ts";
import { ALL_RULES, findFaults } from "./find-faults.ts";

const KINDS: Readonly<Record<string, (language: ContractLanguage) => ContractSnapshot>> = {
  order: (language) => snapshotFixture({ language }),
  "order of many lines, a demonstration": (language) => snapshotFixture({ ...manyLines(30), language, demo: true }),
  "order in yen": (language) => snapshotFixture({ ...manyLines(3, "JPY"), language }),
  "replacing a voided one": (language) => snapshotFixture({ language, replaces: "ACME-202610-000007-Q" }),
  "pay as you go": (language) => payAsYouGoFixture({ language }),
  unpaid: (language) => unpaidFixture({ language }),
  "unpaid domain": (language) => unpaidDomainFixture({ language }),
  bill: (language) => billFixture(3, { language }),
  "bill without charges": (language) => billFixture(0, { language }),
};
/** `npm run test:standards` takes every kind in every language; the suite takes every kind in one of them. */
const EVERY = process.env.ORDERSEAL_EVERY_CONTRACT === "1";
const CASES = Object.keys(KINDS).flatMap((kind, index) =>
  CONTRACT_LANGUAGES.filter((_, turn) => EVERY || turn === index % CONTRACT_LANGUAGES.length).map(
    (language) => [kind, language] as const,
  ),
);

const archive = openDocumentRenderer();
const accessible = openDocumentRenderer({ standard: "ua-1" });
const bench = setUpSealBench("p256");
const sealed = new Map<string, Buffer>();

async function seal(snapshot: ContractSnapshot): Promise<Buffer> {
  const { pdf, seal: placement } = archive.draw({ kind: "contract", snapshot });
  if (placement === null) throw new Error("a contract has a place for the seal");
  return sealOrThrow({ ...bench.input, pdf, placement });
}

beforeAll(async () => {
  for (const [kind, language] of CASES) {
    const snapshot = KINDS[kind]?.(language) ?? snapshotFixture();
    sealed.set(`${kind}, ${language}`, await seal(snapshot));
  }
});

test.each(CASES)("%s in %s has no fault", (kind, language) => {
  const pdf = sealed.get(`${kind}, ${language}`);
  expect(pdf && findFaults(pdf, ALL_RULES)).toEqual([]);
});

test("an order of 400 lines has no fault, and is looked through in a moment", async () => {
  const pdf = await seal(snapshotFixture(manyLines(400)));
  const before = process.cpuUsage();
  expect(findFaults(pdf, ALL_RULES)).toEqual([]);
  const { user, system } = process.cpuUsage(before);
  // 0.1 s warm; what is measured here is mostly the first run of the code.
  expect(user + system).toBeLessThan(1_500_000);
});

describe("Typst itself accepts the content as PDF/UA-1", () => {
  test.each(CASES)("%s in %s", (kind, language) => {
    const snapshot = KINDS[kind]?.(language) ?? snapshotFixture();
    expect(() => accessible.draw({ kind: "contract", snapshot })).not.toThrow();
  });

  test.each(CONTRACT_LANGUAGES)("preview and checklist in %s", (language) => {
    const snapshot = withoutNumber(snapshotFixture({ language }));
    expect(() => accessible.draw({ kind: "preview", snapshot })).not.toThrow();
    expect(() => accessible.draw({ kind: "checklist", checklist: checklistFixture({ language }) })).not.toThrow();
  });
});

judgeTest("qpdf", "finds no fault in the sealing update either", (qpdf) => {
  for (const pdf of [...sealed.values()].slice(0, EVERY ? undefined : 3))
    inTemporaryFile(pdf, (path) => expect(qpdf("--check", path).exitCode).toBe(0));
});

judgeTest("mutool", "reads the structure and the form of each", (mutool) => {
  for (const pdf of [...sealed.values()].slice(0, EVERY ? undefined : 1)) {
    inTemporaryFile(pdf, (path) => {
      const { exitCode, output } = mutool("show", path, "trailer/Root/Metadata", "form");
      expect([exitCode, output]).toEqual([0, expect.stringContaining("SellerSeal")]);
    });
  }
});
