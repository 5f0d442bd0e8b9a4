import { beforeAll, describe, expect, test } from "vitest";
import { ATTACK_FAMILIES } from "./attack-families.fixture.ts";
import {
  type AttackedContracts,
  CONTRACT_KINDS,
  judgeOffline,
  judgeWithGullibleBooks,
  makeAttackedContracts,
} from "./attacked-contracts.fixture.ts";
import { Patient } from "./pdf-surgery.fixture.ts";

/** Known attacks on signed PDFs, rebuilt on contracts by the real renderer and the real sealer. */
let contracts: AttackedContracts;
beforeAll(async () => {
  contracts = await makeAttackedContracts();
});

const ALL = ATTACK_FAMILIES.flatMap(({ attacks }) => attacks);

test("there are at least sixty attacks, and no two of the same name in a family", () => {
  expect(ALL.length).toBeGreaterThanOrEqual(60);
  for (const { attacks } of ATTACK_FAMILIES) {
    expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  }
});

test.each(CONTRACT_KINDS)("the attacked contract (%s) is sound before the attack", async (kind) => {
  expect(judgeOffline(contracts[kind].pdf, contracts[kind])).toMatchObject({ verdict: "passed", reason: "intact" });
  expect(await judgeWithGullibleBooks(contracts[kind].pdf, contracts[kind])).toMatchObject({ issuedHere: true });
});

describe.each(ATTACK_FAMILIES)("$name", ({ attacks }) => {
  test.each(attacks)("$name: $reason", async ({ on = "sealed", forge, reason }) => {
    const attacked = contracts[on];
    const forged = await forge(new Patient(attacked.pdf), contracts);
    expect(Object.values(contracts).some(({ pdf }) => pdf.equals(forged))).toBe(false);
    const verdict = judgeOffline(forged, attacked);
    expect(verdict.reason, verdict.detail).toBe(reason);
    expect(verdict.verdict).not.toBe("passed");
    const answer = await judgeWithGullibleBooks(forged, attacked);
    expect(answer).toMatchObject({ verdict: verdict.verdict, issuedHere: false, number: null, standing: null });
  });
});
