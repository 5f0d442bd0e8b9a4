import { afterAll, beforeAll, expect, test } from "vitest";
import { type ArchiveBench, setUpArchiveBench } from "../../document/seal/archive-bench.fixture.ts";
import { archivePdf } from "../../document/seal/archive-pdf.ts";
import { CONFORMANCE_RULES, findFaults } from "./find-faults.ts";

let bench: ArchiveBench;
beforeAll(async () => {
  bench = await setUpArchiveBench();
});
afterAll(() => bench.close());

async function archive(pdf: Uint8Array): Promise<Uint8Array> {
  const gathered = await bench.gather(pdf);
  if (!gathered.ok) throw new Error(`no data: ${gathered.detail}`);
  const made = await archivePdf({ pdf, data: gathered.data, timestamp: bench.timestamp });
  if (!made.ok) throw new Error(`no archive: ${made.failure.detail}`);
  return made.pdf;
}

test("an archive, and a renewed one, meet every demand that the sealed file meets", async () => {
  const rulesOf = (pdf: Uint8Array) => findFaults(pdf, CONFORMANCE_RULES).map(({ rule, where }) => `${rule}: ${where}`);
  const before = rulesOf(bench.sealed);
  const archived = await archive(bench.sealed);
  expect(rulesOf(archived)).toEqual(before);
  expect(rulesOf(await archive(archived))).toEqual(before);
  expect(before).not.toContainEqual(expect.stringContaining("readable"));
});
