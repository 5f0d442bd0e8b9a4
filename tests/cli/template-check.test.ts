import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { DrawnSample, Installation } from "../../src/cli/installation.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { lookAtPages } from "../../src/document/pages/look-at-pages.ts";
import { renderSample } from "../../src/document/seal/typst-sample.fixture.ts";
import type { Language } from "../../src/domain/localized.ts";
import { drawSamples } from "../../src/draw-samples.ts";
import { linesOf, type Run } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "orderseal-template-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the command needs of an installation; it opens nothing. */
const CLOSED = { drawSamples, lookAtPages } as Partial<Installation> as Installation;

async function run(args: readonly string[], installation = CLOSED, language: Language = "en"): Promise<Run> {
  const said = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
    language,
  };
  return { exitCode: await runCommandLine(["template", "check", ...args], terminal, installation), ...said };
}

interface Checked {
  readonly name: string;
  readonly template: string;
  readonly language: string;
  readonly pages: number;
  readonly bytes: number;
  readonly ms: number;
  readonly faults: readonly string[];
}

async function check(directory: string, ...args: readonly string[]): Promise<readonly Checked[]> {
  const { out } = await run(["-o", join(folder, directory), "--json", ...args]);
  return linesOf(out).map((line) => JSON.parse(line) as Checked);
}

describe("orderseal template check", () => {
  test("draws the sample bills and checklists, and shows every page side by side", async () => {
    const checked = [
      ...(await check("bill", "--template", "bill", "--language", "en")),
      ...(await check("checklist", "--template", "checklist", "--language", "en")),
    ];
    expect(checked.map(({ name, template }) => [name, template])).toEqual([
      ["demo-enterprise-2026-10", "bill/1"],
      ["preview-demo-enterprise-2026-10", "bill/1"],
      ["checklist-D200000000002", "checklist"],
      ["checklist-D300000000002", "checklist"],
    ]);
    for (const { pages, bytes, ms, faults } of checked) {
      expect([Math.min(pages, 1), Math.min(bytes, 10_000), ms > 0, faults]).toEqual([1, 10_000, true, []]);
    }
    const files = await readdir(join(folder, "bill"));
    expect(files.filter((file) => file.endsWith(".png"))).toHaveLength(
      (checked[0]?.pages ?? 0) + (checked[1]?.pages ?? 0),
    );
    const sheet = await readFile(join(folder, "bill/index.html"), "utf8");
    for (const file of files.filter((name) => name.endsWith(".png"))) expect(sheet).toContain(`src="${file}"`);
  });

  test("a file in the place of the pages stays as it is, exit 2", async () => {
    const file = join(folder, "notes.txt");
    await writeFile(file, "kept");
    const { exitCode, err } = await run(["--template", "checklist", "--language", "en", "-o", file]);
    expect([exitCode, err]).toEqual([
      2,
      `Nothing can be written to "${file}": there is a file of that name; choose another place with -o.\n`,
    ]);
    expect(await readFile(file, "utf8")).toBe("kept");
  });

  test("a template that nobody has is named with those that there are, exit 2", async () => {
    const { exitCode, err } = await run(["--template", "letter"]);
    expect([exitCode, err]).toEqual([
      2,
      'There is no template "letter"; there are order/1, pay-as-you-go/1, domain/1, checklist, marketplace/1, bill/1.\n',
    ]);
  });
});

test.each<[Language, RegExp, RegExp]>([
  ["zh-CN", /第 1 页：文字超出版心：“外/, /2 份文件，2 份有问题/],
  ["en", /page 1: text outside the margins: "外/, /2 documents, 2 with faults/],
])("what is wrong is said in %s, and the exit code is 1", async (language, margins, summary) => {
  const source =
    '#set document(title: "t")\n#set page(paper: "a4")\n#set text(font: "Noto Sans SC")\n#place(dx: -20mm)[外面]内';
  const samples: readonly DrawnSample[] = [
    {
      kind: "drawn",
      name: "outside",
      template: "letter",
      language: "en",
      ms: 1,
      pdf: renderSample(source),
      warnings: ["unknown font family: x"],
    },
    {
      kind: "faulty",
      name: "broken",
      template: "letter",
      language: "en",
      fault: { "zh-CN": "甲", en: "unknown <font>" },
    },
  ];
  const installation = {
    async *drawSamples() {
      yield* samples;
    },
    lookAtPages,
  } as Partial<Installation> as Installation;
  const directory = join(folder, language);
  const { exitCode, out } = await run(["-o", directory], installation, language);
  expect(exitCode).toBe(1);
  expect(linesOf(out)[1]).toMatch(/Typst(?:：|: )unknown font family: x/);
  expect(linesOf(out)[2]).toMatch(margins);
  expect(out).toMatch(summary);
  expect(await readFile(join(directory, "index.html"), "utf8")).toMatch(/<li>(?:甲|unknown &lt;font>)<\/li>/);
});
