import { randomBytes } from "node:crypto";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PNG } from "../access/sample-evidence.ts";
import { scannedPdf } from "../http/offline-pdf.ts";
import { type CommandLine, openCommandLine } from "./command-line.ts";
import { refusalOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

interface EvidenceLine {
  readonly id: string;
  readonly format: string;
}

/** JSON, and no facts. */
const PACKAGE = fileURLToPath(new URL("../../package.json", import.meta.url));
const NOBODYS = "01a206f9-30c2-731c-b6fb-f986c8361082";
/** As large as evidence may be, in bytes that no compression makes smaller: one row of a backup. */
const LARGE = Buffer.concat([PNG.subarray(0, 33), randomBytes(10 * 1024 * 1024 - 45), PNG.subarray(-12)]);
const pdf = scannedPdf("营业执照");

let here: CommandLine;
let elsewhere: CommandLine;
const file = (name: string) => join(here.home, name);
beforeAll(async () => {
  [here, elsewhere] = await Promise.all([openResidentCommandLine(), openCommandLine()]);
  const account = ["--account", "acme", "--legal-name", "示例公司"];
  expect((await here.run(["import", "--format", "billing-api", SAMPLE_PATH, ...account])).exitCode).toBe(0);
  await writeFile(file("licence.pdf"), pdf);
});
afterAll(async () => {
  await Promise.all([here.remove(), elsewhere.remove()]);
});

const add = (...args: readonly string[]) => here.json<EvidenceLine>(["accounts", "evidence", "add", "acme", ...args]);
const list = () => here.json<EvidenceLine>(["accounts", "evidence", "list", "acme"]);

describe("evidence", () => {
  test("is added, listed without its content, and shown into a file", async () => {
    const [added] = await add(file("licence.pdf"), "--kind", "business_licence");
    expect(added).toMatchObject({ account: "acme", kind: "business_licence", format: "application/pdf" });
    expect(await list()).toEqual([added]);
    await here.json(["accounts", "evidence", "show", "acme", added?.id ?? "", "-o", file("shown.pdf")]);
    expect(await readFile(file("shown.pdf"))).toEqual(pdf);
    await writeFile(file("large.png"), LARGE);
    expect(await add(file("large.png"))).toMatchObject([{ format: "image/png", bytes: LARGE.length }]);
    const facts = { method: "register", reference: "R-1", verifiedAt: "2026-11-01T08:00:00Z", verifiedBy: "desk" };
    await writeFile(file("facts.json"), JSON.stringify(facts));
    expect(await add(file("facts.json"))).toMatchObject([{ kind: "other", format: "application/json" }]);
  });

  test("that is none, or of nobody, is refused", async () => {
    await writeFile(file("page.pdf"), "<html>");
    expect((await refusalOf(here, ["accounts", "evidence", "add", "acme", file("page.pdf")])).code).toBe(
      "not_evidence",
    );
    const nobody = ["accounts", "evidence", "add", "nobody", file("licence.pdf")];
    expect((await refusalOf(here, nobody)).code).toBe("account_not_found");
    expect((await refusalOf(here, ["accounts", "evidence", "list", "nobody"])).code).toBe("account_not_found");
    const absent = ["accounts", "evidence", "show", "acme", NOBODYS, "-o", file("x")];
    expect((await refusalOf(here, absent)).code).toBe("evidence_not_found");
  });

  test.each([
    [["evidence", "show", "acme", NOBODYS], "name one with -o"],
    [["evidence", "show", "acme", "first", "-o", "x"], "is not the id of evidence"],
    [["evidence", "add", "acme", PACKAGE], "must be a JSON object with method, reference"],
    [["erase", "acme", "--reason", "requested"], "add --yes"],
    [["erase", "acme", "--yes"], "--reason must be one of purpose_ended, service_ended"],
    [["erase", "acme", "--reason", "because", "--yes"], 'not "because"'],
    [["erase", "acme", "--reason", "requested", "--reference", "张三", "--yes"], "names do not belong there"],
    [["erase", "--yes"], "Either an account or --from-audit FILE"],
    [["erasures", "--since", "yesterday"], "--since must be an instant"],
  ])("%j is wrong use; exit 2", async (args, said) => {
    const { exitCode, err } = await here.run(["accounts", ...args]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe("an erasure", () => {
  let evidence: string;
  beforeAll(async () => {
    evidence = (await list())[0]?.id ?? "";
    await here.run(["backup", file("before.tar")]);
  });

  test("destroys what there is, and is listed in the form in which it is repeated", async () => {
    const erased = await here.run([
      "accounts",
      "erase",
      "acme",
      "--reason",
      "requested",
      "--reference",
      "C-1",
      "--yes",
    ]);
    expect(erased.out).toMatch(/^The personal data of acme is erased: the key is destroyed with 3 pieces of evidence/);
    expect(await list()).toEqual([]);
    const listed = await here.run(["accounts", "erasures", "--json"]);
    expect(JSON.parse(listed.out)).toEqual({
      ...{ action: "account.erased", account: "acme", at: expect.any(String) },
      detail: { reason: "requested", reference: "C-1", repeats: null, evidence: 3 },
    });
    await writeFile(file("erasures.ndjson"), listed.out);
    expect((await here.run(["accounts", "erasures", "--since", "2999-01-01T00:00:00Z"])).out).toBe("");
    expect((await here.run(["explain", "210001000000001"])).out).toContain("identity_not_verified");
  });

  test("is undone by an older backup, for whoever has the master key, until it is repeated from the list", async () => {
    const show = ["accounts", "evidence", "show", "acme", evidence, "-o", file("back.pdf")];
    expect((await elsewhere.run(["restore", file("before.tar")])).exitCode).toBe(0);
    const without = await elsewhere.run(show);
    expect([without.exitCode, without.err]).toEqual([1, expect.stringContaining("cannot be opened")]);
    expect((await elsewhere.run(["doctor"])).out).toMatch(
      /evidence: 1 of 1 keys of accounts cannot be opened; put the former master\.key back/,
    );
    await cp(file("master.key"), join(elsewhere.home, "master.key"));
    expect((await elsewhere.run(show)).exitCode).toBe(0);
    expect(await readFile(file("back.pdf"))).toEqual(pdf);
    const [, large] = await elsewhere.json<EvidenceLine>(["accounts", "evidence", "list", "acme"]);
    const whole = ["accounts", "evidence", "show", "acme", large?.id ?? "", "-o", file("back.png")];
    expect((await elsewhere.run(whole)).exitCode).toBe(0);
    expect((await readFile(file("back.png"))).equals(LARGE)).toBe(true);
    expect((await elsewhere.run(["doctor"])).out).toMatch(/evidence: keys of accounts that were tried, and open: 1/);
    const repeat = ["accounts", "erase", "--from-audit", file("erasures.ndjson"), "--yes"];
    const repeated = await elsewhere.run(repeat);
    expect([repeated.exitCode, repeated.out]).toEqual([0, expect.stringContaining("Erased again: 1.")]);
    expect((await elsewhere.run(show)).exitCode).toBe(1);
    // Once more does nothing: what is there now was given afterwards.
    expect((await elsewhere.run([...repeat, "--json"])).out).toBe('{"account":"acme","outcome":"known"}\n');
  }, 60_000);

  test("is read from events and from the audit beside other lines; one that cannot be read stops all of it", async () => {
    const lines = [
      { type: "ticket.opened", account: "acme", time: "2026-01-01T00:00:00Z" },
      { type: "account.erased", account: "acme", time: "2020-01-01T00:00:00Z", data: { reason: "unlawful" } },
      { action: "account.erased", account: "nobody", at: "2020-01-01T00:00:00Z", detail: {} },
    ];
    await writeFile(file("mixed.ndjson"), lines.map((line) => JSON.stringify(line)).join("\n"));
    const mixed = await here.run(["accounts", "erase", "--from-audit", file("mixed.ndjson"), "--yes"]);
    expect(mixed.out).toBe("Erased again: 0. In these books already: 1. No such account: 1.\n");
    expect([mixed.exitCode, mixed.err]).toEqual([1, "There is no account nobody.\n"]);
    for (const line of ["not JSON", '{"action":"account.erased","account":"acme"}']) {
      await writeFile(file("faulty.ndjson"), line);
      const faulty = await here.run(["accounts", "erase", "--from-audit", file("faulty.ndjson"), "--yes"]);
      expect([faulty.exitCode, faulty.err]).toEqual([2, expect.stringMatching(/^Line 1 is /)]);
    }
  });
});
