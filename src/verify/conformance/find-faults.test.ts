import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { manyLines, snapshotFixture } from "../../document/contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "../../document/document-renderer.ts";
import { sealOrThrow, setUpSealBench } from "../../document/seal/sealed-sample.fixture.ts";
import { ALL_RULES, findFaults, READABLE } from "./find-faults.ts";
import { MUTATIONS } from "./mutations.fixture.ts";

const contract = await sealedContract();
const RULES = [READABLE.rule, ...ALL_RULES.map(({ name }) => name)];

async function sealedContract(): Promise<Buffer> {
  const drawn = openDocumentRenderer().draw({ kind: "contract", snapshot: snapshotFixture(manyLines(3)) });
  if (drawn.seal === null) throw new Error("a contract has a place for the seal");
  return sealOrThrow({ ...setUpSealBench("p256").input, pdf: drawn.pdf, placement: drawn.seal });
}

test("a sealed contract has no fault", () => {
  expect(findFaults(contract, ALL_RULES)).toEqual([]);
});

test("each rule has its own name, a clause, and a file that breaks it", () => {
  expect(new Set(RULES).size).toBe(RULES.length);
  for (const { clause } of ALL_RULES) expect(clause).toMatch(/^(ISO \d+-\d, |this house: )/);
  expect(Object.keys(MUTATIONS).toSorted()).toEqual(RULES.toSorted());
});

test("the auditors' page lists each rule with its clause", () => {
  const page = readFileSync(new URL("../../../docs/document-standards.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*) \|$/gm)].map(([, rule, clause]) => `${rule}: ${clause}`);
  const { rule, clause } = READABLE;
  const expected = [`${rule}: ${clause}`, ...ALL_RULES.map((it) => `${it.name}: ${it.clause}`)];
  expect(rows.toSorted()).toEqual(expected.toSorted());
});

describe("a contract that breaks one demand is found out", () => {
  test.each(
    Object.entries(MUTATIONS).flatMap(([rule, mutations]) =>
      mutations.map((mutate, index) => ({ rule, index, mutate })),
    ),
  )("$rule, way $index", ({ rule, mutate }) => {
    const faults = findFaults(mutate(contract), ALL_RULES);
    expect(faults.map((fault) => fault.rule)).toContain(rule);
    for (const { where } of faults) expect(where).not.toBe("");
  });
});
