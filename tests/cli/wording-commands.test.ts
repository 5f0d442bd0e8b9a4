import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WordingBody } from "../../src/domain/seller-wording.ts";
import type { CommandLine } from "./command-line.ts";
import { refusalOf, saidOf } from "./refusal-of.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

interface Shown {
  readonly seller: string;
  readonly version: number | null;
  readonly wording: WordingBody;
}

const NOTHING: WordingBody = { replaced: {}, omitted: [], added: [] };
const SECRECY = {
  title: { "zh-CN": "保密", en: "Secrecy" },
  text: { "zh-CN": "{buyer}保守秘密。", en: "{buyer} keeps secrets." },
};

let orderseal: CommandLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  const account = ["--format", "billing-api", "--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, ...account])).exitCode).toBe(0);
});
afterAll(() => orderseal.remove());

async function file(name: string, value: unknown): Promise<string> {
  const path = join(orderseal.home, name);
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value, null, 2));
  return path;
}

test("without a wording of its own a seller's clauses are the library's, and what is shown can be given back", async () => {
  const [shown] = await orderseal.json<Shown>(["wording", "show"]);
  expect(shown).toEqual({ seller: "demo-cloud", version: 0, wording: NOTHING });
  const people = await orderseal.run(["wording", "show", "--seller", "demo-cloud"]);
  expect(people.out).toBe("seller   demo-cloud\nversion  0\nclauses  those of the library (docs/clauses.md)\n");
  const same = await file("same.json", shown);
  expect(await orderseal.run(["wording", "diff", same])).toEqual({
    exitCode: 0,
    out: "The clauses are those of version 0.\n",
    err: "",
  });
  expect(await refusalOf(orderseal, ["wording", "draft", same])).toMatchObject({
    code: "wording_draft_changes_nothing",
  });
});

test("what is not there is refused, exit 1", async () => {
  for (const args of [["show", "--draft"], ["diff"], ["publish"], ["withdraw"]]) {
    expect(await refusalOf(orderseal, ["wording", ...args])).toMatchObject({ code: "no_wording_draft" });
  }
  const draft = await file("nothing.json", NOTHING);
  for (const args of [["show"], ["diff", draft], ["draft", draft], ["publish"], ["withdraw"]]) {
    for (const seller of ["nobody", "No Body"]) {
      const refused = await refusalOf(orderseal, ["wording", ...args, "--seller", seller]);
      expect(refused).toMatchObject({ code: "seller_not_found" });
    }
  }
  expect(await refusalOf(orderseal, ["wording", "show", "--version", "9"])).toMatchObject({
    code: "wording_version_not_found",
  });
});

test("a wording that cannot be used is refused with the place and the way out, exit 1", async () => {
  const wrong = [
    [{ ...NOTHING, removed: [] }, /^removed: is not as wordings are written .*\.\n$/],
    [{ ...NOTHING, omitted: ["901"] }, /^omitted\.0: clause 901, "Electronic seal and effectiveness", must stay/],
    [{ ...NOTHING, replaced: { "601": { ...SECRECY, text: { "zh-CN": "😀", en: "x" } } } }, /U\+1F600/],
    ["{", /^The file is not JSON in UTF-8; start from what orderseal wording show --json prints\.\n$/],
  ] as const;
  for (const [wording, sentence] of wrong) {
    const { exitCode, out, err } = await orderseal.run(["wording", "draft", await file("wrong.json", wording)]);
    expect([exitCode, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
  }
  const zh = await saidOf(orderseal, ["wording", "draft", await file("wrong.json", "{")], "zh_CN.UTF-8");
  expect([zh.exitCode, zh.err]).toEqual([1, expect.stringMatching(/^文件不是 UTF-8 编码的 JSON/)]);
});

test("a wording is drafted, compared, published by a second person, and said by contracts from then on", async () => {
  const added = [{ clause: "S1", after: "601" as const, ...SECRECY }];
  const path = await file("draft.json", { version: 0, wording: { replaced: {}, omitted: ["911"], added } });
  const [drafted] = await orderseal.json<object>(["wording", "draft", path, "--as", "alice"]);
  expect(drafted).toMatchObject({ seller: "demo-cloud", basedOn: 0, draftedBy: "alice" });
  const [draft] = await orderseal.json<Shown>(["wording", "show", "--draft"]);
  expect(draft).toMatchObject({ version: null, basedOn: 0, draftedBy: "alice", wording: { added, omitted: ["911"] } });
  const diff = await orderseal.run(["wording", "diff"]);
  expect(diff.out).toMatch(
    /^- {2}clauses +those of the library .*\n\+ {2}911 +left out\n\+ {2}S1 +behind 601: 保密 \/ Secrecy\n/,
  );
  expect(await orderseal.json(["wording", "diff"])).toContainEqual({
    change: "come",
    clause: "S1",
    text: "{buyer} keeps secrets.",
  });

  const same = ["wording", "publish", "--as", "Alice "];
  expect(await refusalOf(orderseal, same)).toMatchObject({ code: "second_person_needed" });
  const published = await orderseal.json(["wording", "publish", "--as", "bob"]);
  expect(published).toEqual([{ seller: "demo-cloud", version: 1, publishedBy: "bob" }]);
  const [shown] = await orderseal.json<Shown>(["wording", "show", "--version", "1"]);
  expect(shown).toEqual({ seller: "demo-cloud", version: 1, wording: { replaced: {}, omitted: ["911"], added } });

  const [contract] = await orderseal.json<{ number: string }>(["request", "210001000000001", "--po-number", "PO-1"]);
  expect(contract?.number).toMatch(/^DEMO-/);
});

test("own clauses that change places are a difference", async () => {
  const clause = (name: string) => ({ clause: name, after: "601" as const, ...SECRECY });
  const first = await file("first.json", { ...NOTHING, added: [clause("S1"), clause("S2")] });
  expect((await orderseal.run(["wording", "draft", first, "--as", "alice"])).exitCode).toBe(0);
  expect((await orderseal.run(["wording", "publish", "--as", "bob"])).exitCode).toBe(0);
  const turned = await file("turned.json", { ...NOTHING, added: [clause("S2"), clause("S1")] });
  const { out } = await orderseal.run(["wording", "diff", turned]);
  expect(out).toMatch(
    /^- {2}S1 +behind 601: .*\n- {2}S2 +behind 601 and S1: .*\n\+ {2}S2 +behind 601: .*\n\+ {2}S1 +behind 601 and S2: .*\n$/,
  );
});

test("withdrawn, a draft is gone", async () => {
  const path = await file("again.json", NOTHING);
  expect((await orderseal.run(["wording", "draft", path, "--as", "alice"])).exitCode).toBe(0);
  expect(await orderseal.json(["wording", "withdraw"])).toEqual([{ seller: "demo-cloud", withdrawn: true }]);
  expect(await refusalOf(orderseal, ["wording", "publish", "--as", "bob"])).toMatchObject({ code: "no_wording_draft" });
});
