import { beforeAll, expect, test } from "vitest";
import {
  type AttackedContracts,
  judgeOffline,
  judgeWithItsBooks,
  makeAttackedContracts,
} from "./attacked-contracts.fixture.ts";
import { inPlace, Patient } from "./pdf-surgery.fixture.ts";

let contracts: AttackedContracts;
beforeAll(async () => {
  contracts = await makeAttackedContracts();
});

/**
 * No signature covers its own value, so that one signature can be spelled in other bytes. What was signed is the same in
 * all of them, and that is what the verdict says; which of the files was issued, the service knows by its hash.
 */
test("a value spelled otherwise says the same offline, and is not the file that was issued", async () => {
  const { sealed } = contracts;
  const p = new Patient(sealed.pdf);
  const respelled = inPlace(p.pdf, p.value, p.value.toUpperCase());
  expect(respelled.equals(sealed.pdf)).toBe(false);
  expect(judgeOffline(respelled, sealed)).toMatchObject({ verdict: "passed" });
  expect(await judgeWithItsBooks(respelled, sealed)).toMatchObject({ issuedHere: false, number: null });
  expect(await judgeWithItsBooks(sealed.pdf, sealed)).toMatchObject({ verdict: "passed", issuedHere: true });
});
