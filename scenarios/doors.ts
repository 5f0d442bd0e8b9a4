import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { ContractSnapshot } from "../src/domain/contract-snapshot.ts";
import type { ContractJson, VerificationJson } from "../src/http/schemas.ts";
import { readEmbeddedFile } from "../src/verify/embedded-file.ts";
import type { TestServer } from "../tests/test-server.ts";
import { good, type People, sendPdf } from "./people.ts";

export interface Announcement {
  readonly type: string;
  readonly at: string;
  readonly data: unknown;
}

/** What the verification page tells whoever has the number and the code. */
interface StatusJson {
  readonly standing: string;
  readonly form: string;
  readonly holdUntil: string | null;
  readonly voided: { readonly at: string; readonly reason: string } | null;
  readonly sha256: string | null;
}

/** The doors at which the product tells what a contract is worth. */
export interface DoorsOf {
  /**
   * Asks at every door: the buyer's contract, its order, the verification page with the code that is in the file, and
   * the file itself handed in by a stranger. They must agree; the answer is the standing.
   */
  standing(contract: ContractJson): Promise<string>;
  /** What the file says for ever, as machines read it. */
  contents(pdf: Uint8Array): ContractSnapshot;
  looksUp(contract: ContractJson): Promise<StatusJson>;
  handsIn(pdf: Uint8Array): Promise<VerificationJson>;
}

export function openDoors({ buyerOf, anybody }: People, server: TestServer): DoorsOf {
  const codeOf = async ({ number }: ContractJson): Promise<string> => {
    const row = server.services.database.selectFrom("contracts").select("verification_code");
    return (await row.where("number", "=", number).executeTakeFirstOrThrow()).verification_code;
  };
  const lookUp = (number: string, code: string): Promise<StatusJson> =>
    good(anybody.get(`/v1/verify/${number}?code=${code}`));
  const handsIn = (pdf: Uint8Array): Promise<VerificationJson> => good(sendPdf(anybody, "/v1/verifications", pdf));
  return {
    handsIn,
    contents: contentsOf,
    looksUp: async (contract) => lookUp(contract.number, await codeOf(contract)),
    standing: async (contract) => {
      const { number, account, order, bill } = contract;
      const owner = buyerOf(account);
      const pdf = await owner.downloads(number);
      expect(sha256(pdf)).toBe(contract.sha256);
      const address = contract.form === "sealed" ? new URL(contentsOf(pdf).verificationUrl) : null;
      const code = address?.searchParams.get("code") ?? (await codeOf(contract));
      const handedIn = await handsIn(pdf);
      expect(handedIn).toMatchObject({ number, issuedHere: contract.form === "sealed" });
      const [shown, page] = [await owner.showsContract(number), await lookUp(number, code)];
      expect(page.sha256).toBe(contract.sha256);
      const said = [handedIn.standing, shown.standing, page.standing];
      const subject = order === null ? await owner.seesBill(bill ?? "") : await owner.sees(order);
      // A voided contract that was replaced no longer stands on its order: its successor does.
      if (subject.contract?.number === number) said.push(subject.contract.standing);
      expect(said, "every door says the same").toEqual(said.map(() => shown.standing));
      return shown.standing;
    },
  };
}

/** Announcements of one subject, in the order in which they were made. */
export async function announcementsTo(server: TestServer, subject: string): Promise<readonly Announcement[]> {
  const rows = await server.services.database
    .selectFrom("outbox")
    .select(["type", "at", "data"])
    .where("subject", "=", subject)
    .orderBy("event_id")
    .execute();
  return rows.map(({ type, at, data }) => ({ type, at: at.toISOString().replace(".000Z", "Z"), data }));
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function contentsOf(pdf: Uint8Array): ContractSnapshot {
  const json = readEmbeddedFile(pdf, "contract.json")?.toString("utf8");
  if (json === undefined) throw new Error("the file holds no contract.json");
  return JSON.parse(json) as ContractSnapshot;
}
