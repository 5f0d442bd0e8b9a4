import { beforeAll, expect, test } from "vitest";
import {
  type AttackedContracts,
  CONTRACT_KINDS,
  judgeOffline,
  makeAttackedContracts,
} from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { openCheckingProcess } from "../../src/verify/checking-process.ts";
import { seededRandom } from "../torture/crash/seeded-random.ts";
import { ALTERATIONS, type AlterationName } from "./altered-files.ts";
import { checkHostileFiles } from "./hostile-part.ts";
import { judgeAll } from "./judge-all.ts";
import { randomRevision } from "./random-revision.ts";

/** A short sample of `npm run verify:torture`, another one each day. */
const SEED = Math.floor(Date.now() / 86_400_000);
const FILES = 80;
/** Beside other tests, a child may take seconds to load. */
const BUSY_MS = 20_000;

let contracts: AttackedContracts;
beforeAll(async () => {
  contracts = await makeAttackedContracts();
});

test.each<[AlterationName, number]>([
  ["flips", 1],
  ["truncations", 1],
  ["revisions", 1],
])("a sample of the torture: no contract after %s is accepted", async (name, share) => {
  for (const kind of CONTRACT_KINDS.slice(0, name === "truncations" ? -1 : undefined)) {
    const contract = contracts[kind];
    const count = ALTERATIONS[name].count(contract);
    const step = Number.isFinite(count) ? Math.floor(count / (FILES * share)) : 1;
    const to = Number.isFinite(count) ? count : FILES * share;
    const { accepted, judged } = await judgeAll(contract, name, { from: SEED % step, to, step, seed: SEED });
    expect(accepted).toEqual([]);
    expect(judged).toBeGreaterThanOrEqual(FILES * share - 1);
  }
});

test("random revisions are the same for the same seed, and most are read to where they are told from archives", async () => {
  const { sealed } = contracts;
  expect(randomRevision(sealed.pdf, seededRandom(1)).equals(randomRevision(sealed.pdf, seededRandom(1)))).toBe(true);
  const { reasons } = await judgeAll(sealed, "revisions", { from: 0, to: 100, step: 1, seed: 7 });
  const later = (reasons.later_revision_changes_content ?? 0) + (reasons.later_revision_unexplained ?? 0);
  expect(later).toBeGreaterThan(40);
});

test("an archive cut back to a revision is what it was then: sealed, or with data; cut anywhere else it is nothing", async () => {
  const { archived, stamped } = contracts;
  const ends = [...archived.pdf.toString("latin1").matchAll(/startxref\n\d+\n%%EOF\n/g)].map(
    (end) => end.index + end[0].length,
  );
  const lengths = [...ends.flatMap((end) => [end - 2, end - 1, end, end + 1]), 40_000, 90_000].filter(
    (length) => length < archived.pdf.length,
  );
  const passed = lengths.filter(
    (length) => judgeOffline(archived.pdf.subarray(0, length), archived).verdict === "passed",
  );
  expect(passed).toEqual(ends.slice(1, -1));
  expect(passed[0]).toBe(stamped.pdf.length);
});

test("a sample of hostile files: answered, in little memory, and the child lives on or is replaced", async () => {
  // From source, the child carries a compiler: 40 MB that the shipped one does not have.
  const bombs = [
    "an object stream of 15 MB of empty dictionaries",
    "empty dictionaries",
    "a table stream with a predictor",
  ];
  const { failures } = await checkHostileFiles(openCheckingProcess(), { scale: 0.006, seed: SEED }, bombs, BUSY_MS);
  expect(failures).toEqual([]);
});
