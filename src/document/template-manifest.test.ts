import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { describe, expect, test } from "vitest";
import { TEMPLATES as TEMPLATE_NAMES } from "../domain/contract-template.ts";
import { checklistViewOf } from "./checklist-view.ts";
import { contractViewOf } from "./contract-view.ts";
import { sheetOf, TEMPLATES } from "./document-sheet.ts";
import { documentVariants } from "./document-variants.fixture.ts";
import { fontPaths, sealFontPaths } from "./fonts.ts";
import { openSealArtist } from "./seal-artist.ts";
import { CHECKLIST_TEMPLATE, CONTRACT_TEMPLATES } from "./template-manifest.ts";

const VERSIONS = [...Object.entries(CONTRACT_TEMPLATES), ["checklist/1", CHECKLIST_TEMPLATE] as const];
const SOURCES = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".typ"));
const sourceOf = (path: string): string => readFileSync(join(TEMPLATES, path), "utf8");
const importsOf = (path: string): readonly string[] =>
  [...sourceOf(path).matchAll(/^#import "([^"]+)"/gm)].map(([, target = ""]) =>
    posix.join(posix.dirname(path), target),
  );

describe("versions", () => {
  test("every template that a snapshot can name has an entry of its name", () => {
    expect(Object.keys(CONTRACT_TEMPLATES)).toEqual([...TEMPLATE_NAMES]);
    for (const [name, { entry }] of VERSIONS) {
      expect(entry).toBe(`${name}.typ`);
      expect(existsSync(join(TEMPLATES, entry))).toBe(true);
    }
  });

  test("a template draws with its own library alone, and a library with nothing outside itself", () => {
    for (const [, { entry, library }] of VERSIONS) {
      for (const target of importsOf(entry)) expect(posix.dirname(target)).toBe(library);
    }
    for (const path of SOURCES.filter((source) => source.startsWith("library/"))) {
      for (const target of importsOf(path)) expect(posix.dirname(target)).toBe(posix.dirname(path));
    }
  });

  test("every file is used by some template", () => {
    const used = new Set<string>();
    const visit = (path: string): void => {
      if (used.has(path)) return;
      used.add(path);
      importsOf(path).forEach(visit);
    };
    for (const [, { entry }] of VERSIONS) visit(entry);
    expect([...used].toSorted()).toEqual(SOURCES.toSorted());
  });

  test("the title in the manifest is the one that is printed", () => {
    const words = SOURCES.map(sourceOf).join("\n");
    for (const [, { title }] of VERSIONS) expect(words).toContain(`pair("${title["zh-CN"]}", "${title.en}")`);
  });
});

/** Which part of the view goes under a short name of its own in the templates. */
const PARTS = {
  v: "",
  party: "buyer.",
  line: "lines.",
  totals: "totals.",
  clause: "clauses.",
  order: "order.",
  term: "term.",
} as const;
/** What Typst itself can do with a value. */
const METHODS = "at all clusters enumerate filter first join last len map matches push replace slice split".split(" ");

describe("the data contract", () => {
  const views = documentVariants().map((task) =>
    task.kind === "checklist" ? checklistViewOf(task.checklist) : contractViewOf(task.snapshot),
  );
  const known = new Set(views.flatMap((view) => [...pathsOf(view)]));

  test.each(SOURCES.map((path) => [path]))("%s reads nothing that no view has", (path) => {
    const code = sourceOf(path)
      .replaceAll(/\/\/.*$/gm, "")
      .replaceAll(/"[^"\n]*"/g, '""');
    for (const [name, prefix] of Object.entries(PARTS)) {
      for (const [, chain = ""] of code.matchAll(new RegExp(`(?<![\\w.-])${name}((?:\\.[a-zA-Z]+)+)`, "g"))) {
        const members = chain.slice(1).split(".");
        const end = members.findIndex((member) => METHODS.includes(member));
        const read = prefix + (end === -1 ? members : members.slice(0, end)).join(".");
        if (read !== prefix && !read.endsWith(".zh")) expect(known, `${path}: ${name}${chain}`).toContain(read);
      }
    }
  });

  test("the views are read: a member that they lost would be found", () => {
    expect(known).toContain("buyer.registrationKind");
    expect(known).not.toContain("buyer.fax");
  });
});

describe("PDF/UA-1", () => {
  const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontPaths: [...fontPaths()] }] });
  const artist = openSealArtist(sealFontPaths());
  const wanted =
    /^(?:order|pay-as-you-go|domain-unpaid-renewal|marketplace|bill)\.|^(?:order-demo|preview-bill|checklist-domain)\.both/;

  test.each(documentVariants().filter(({ name }) => wanted.test(name)))(
    "$name is accepted by Typst's own export",
    async (task) => {
      const { template, inputs } = sheetOf(task, artist);
      const { result } = compiler.compile({ mainFilePath: template, inputs });
      if (result === null) throw new Error("not compiled");
      expect(compiler.pdf(result, { pdfStandard: "ua-1" }).length).toBeGreaterThan(10_000);
      compiler.evictCache(0);
      await turn();
    },
  );
});

function* pathsOf(value: unknown, path = ""): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* pathsOf(item, path);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield `${path}${key}`;
      yield* pathsOf(member, `${path}${key}.`);
    }
  }
}
