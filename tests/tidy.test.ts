import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { explainBillIssuance } from "../src/domain/decide-bill-issuance.ts";
import { explainIssuance } from "../src/domain/decide-issuance.ts";
import { someBillFacts, someFacts } from "../src/domain/facts.fixture.ts";
import { addressesInOneFile } from "./tidy/addresses.ts";
import { dependencies, lockFile, machinePaths, readmeCommands } from "./tidy/packages.ts";
import { refusalsAreWritten } from "./tidy/refusals.ts";
import { length, names, orphans } from "./tidy/shape.ts";
import { storiesAreTold } from "./tidy/stories.ts";
import { styledOnce } from "./tidy/style-sheets.ts";
import { type Check, readTree, type Tree, textOf } from "./tidy/tree.ts";
import { MAY_IMPORT, walls } from "./tidy/walls.ts";

const HERE = readTree(fileURLToPath(new URL("..", import.meta.url)));
/** The ladder of orders, then what only the ladder of bills has, then what no ladder but the request itself refuses by. */
const CODES = [
  ...new Set([...explainIssuance(someFacts()).rungs, ...explainBillIssuance(someBillFacts())].map(({ rung }) => rung)),
  "timestamp_unavailable",
];

/** A made-up tree of one file per entry. */
function tree(files: Readonly<Record<string, string>>): Tree {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

function complaints(check: Check, files: Readonly<Record<string, string>>): readonly string[] {
  return check(tree(files));
}

describe("this house", () => {
  test.each<[string, Check]>([
    ["imports point inward", walls],
    ["files are short", length],
    ["names say what a thing is", names],
    ["every file is used", orphans],
    ["addresses of the console stand in one file", addressesInOneFile],
    ["no page changes the look of another", styledOnce],
    ["every refusal has its page, its policy line and its texts", refusalsAreWritten(CODES)],
    ["every rule has its story, and every story is listed", storiesAreTold],
    ["the commands of the README exist", readmeCommands],
    ["every dependency is used", dependencies],
    ["the lock file is bound to no registry", lockFile],
    ["no file knows the machine it was written on", machinePaths],
  ])("%s", (_, check) => {
    expect(check(HERE)).toEqual([]);
  });
});

describe("walls", () => {
  test.each([
    ["src/domain/x.ts", "../store/y.ts"],
    ["src/domain/x.ts", "../application/y.ts"],
    ["src/domain/deep/x.ts", "../../http/y.ts"],
    ["src/application/x.ts", "../store/y.ts"],
    ["src/application/x.ts", "../document/y.ts"],
    ["src/application/x.ts", "../main.ts"],
    ["src/store/x.ts", "../document/y.ts"],
    ["src/store/x.ts", "../http/y.ts"],
    ["src/document/x.ts", "../store/y.ts"],
    ["src/document/x.ts", "../verify/y.ts"],
    ["src/verify/x.ts", "../application/y.ts"],
    ["src/verify/x.ts", "../document/y.ts"],
    ["src/sources/x.ts", "../store/y.ts"],
    ["src/http/x.ts", "../store/y.ts"],
    ["src/http/x.ts", "../verify/y.ts"],
    ["src/jobs/x.ts", "../store/y.ts"],
    ["src/cli/x.ts", "../store/y.ts"],
    ["src/cli/x.ts", "../http/y.ts"],
    ["src/http/x.ts", "../../web/src/y.ts"],
    ["src/garage/x.ts", "../domain/y.ts"],
    ["web/src/x.ts", "../../src/domain/y.ts"],
    ["web/src/x.ts", "../../scripts/y.ts"],
    ["src/store/x.ts", "./y.fixture.ts"],
    ["src/store/x.ts", "../../tests/y.ts"],
    ["src/store/x.ts", "src/domain/y.ts"],
    ["src/store/x.ts", "#domain/y.ts"],
    ["src/domain/x.ts", "node:fs"],
    ["src/domain/x.ts", "node:crypto"],
    ["src/domain/x.ts", "crypto"],
    ["src/domain/x.ts", "uuid"],
    ["src/application/x.ts", "node:fs/promises"],
    ["src/application/x.ts", "fs/promises"],
    ["src/verify/x.ts", "node:http"],
    ["src/verify/x.ts", "node:net"],
    ["src/verify/x.ts", "tls"],
    ["src/verify/x.ts", "undici"],
  ])("%s may not import %s", (path, specifier) => {
    for (const text of [
      `import { y } from "${specifier}";`,
      `import type { y } from "${specifier}";`,
      `export { y } from '${specifier}';`,
      `import {\n  x,\n  y,\n} from "${specifier}";`,
      `import "${specifier}";`,
      `const y = await import("${specifier}");`,
    ]) {
      expect(complaints(walls, { [path]: text })).toHaveLength(1);
    }
  });

  test.each([
    ["src/domain/x.ts", "./y.ts"],
    ["src/domain/x.ts", "temporal-polyfill"],
    ["src/application/x.ts", "../domain/y.ts"],
    ["src/application/x.ts", "node:crypto"],
    ["src/store/x.ts", "../application/ports.ts"],
    ["src/store/embedded/x.ts", "../y.ts"],
    ["src/store/x.ts", "node:fs"],
    ["src/document/seal/x.ts", "../../domain/y.ts"],
    ["src/verify/x.ts", "../domain/y.ts"],
    ["src/verify/x.ts", "node:crypto"],
    ["src/cli/x.ts", "../verify/y.ts"],
    ["src/main.ts", "./store/y.ts"],
    ["src/http/x.test.ts", "../store/y.ts"],
    ["bench/x.ts", "../src/document/y.ts"],
    ["web/src/buyer/x.tsx", "../api/y.ts"],
    ["web/src/x.tsx", "react"],
  ])("%s may import %s", (path, specifier) => {
    expect(complaints(walls, { [path]: `import { y } from "${specifier}";` })).toEqual([]);
  });

  test("what reads strangers' files reaches no network by a global either", () => {
    expect(complaints(walls, { "src/verify/x.ts": 'await fetch("https://example.com");' })).toHaveLength(1);
    expect(complaints(walls, { "src/document/x.ts": 'await fetch("https://example.com");' })).toEqual([]);
  });

  test("an import that a comment only speaks of is none", () => {
    const text = '/** Not `import { y } from "../store/y.ts"`. */\n// import "../store/y.ts";\nexport const x = 1;\n';
    expect(complaints(walls, { "src/domain/x.ts": text })).toEqual([]);
  });
});

test("ARCHITECTURE.md draws the walls as they are checked", () => {
  const rows = [...(textOf(HERE, "ARCHITECTURE.md") ?? "").matchAll(/^\| `src\/(\w+)\/` \|.*\| ([^|]+) \|$/gm)];
  const drawn = rows.map(([, room, allowed = ""]) => [room, allowed.startsWith("nothing") ? [] : allowed.split(", ")]);
  expect(Object.fromEntries(drawn)).toEqual(MAY_IMPORT);
});

describe("shape", () => {
  test("a source may have 300 lines, a test 500", () => {
    const lines = (count: number): string => "x\n".repeat(count);
    for (const path of ["src/a.ts", "web/src/a.tsx", "src/document/templates/a.typ"]) {
      expect(complaints(length, { [path]: lines(300) })).toEqual([]);
      expect(complaints(length, { [path]: lines(301) })).toHaveLength(1);
    }
    expect(complaints(length, { "src/a.test.ts": lines(500), "docs/a.md": lines(900) })).toEqual([]);
    expect(complaints(length, { "src/a.test.ts": lines(501) })).toHaveLength(1);
  });

  test.each([
    ["src/store/utils.ts", ""],
    ["src/store/helpers/dates.ts", ""],
    ["src/http/order-utils.ts", ""],
    ["src/http/seal_manager.ts", ""],
    ["web/src/common/button.tsx", ""],
    ["src/domain/misc.ts", ""],
    ["src/domain/index.ts", ""],
    ["web/src/buyer/index.tsx", ""],
    ["src/domain/order.ts", "export function processData() {}"],
    ["src/domain/order.ts", "export interface IOrder { id: string }"],
  ])("%s is a banned name, or holds one (%s)", (path, text) => {
    expect(complaints(names, { [path]: text })).toHaveLength(1);
  });

  test("names that only resemble banned ones are fine", () => {
    const text = "interface IssuanceFacts {}\ninterface Identity {}\nprocessDataset();";
    expect(complaints(names, { "src/domain/community.ts": text, "web/index.html": "" })).toEqual([]);
  });

  test("a file that nobody, or only a test, imports is an orphan", () => {
    const files = {
      "src/main.ts": 'import { a } from "./store/a.ts";',
      "src/store/a.ts": 'new URL("./child.ts", import.meta.url);',
      "src/store/child.ts": "",
      "src/store/lonely.ts": "",
      "src/store/lonely.test.ts": 'import { x } from "./lonely.ts";',
      "src/store/nzh.d.ts": "",
      "src/document/render-worker.ts": "",
      "bench/run.ts": "",
      "vite.config.ts": "",
      "web/verify.html": '<script type="module" src="/src/verify/start.tsx"></script>',
      "web/src/verify/start.tsx": 'import "../theme";',
      "web/src/theme.ts": "",
      "web/src/main.tsx": "",
    };
    expect(complaints(orphans, files)).toEqual(["src/store/lonely.ts is imported by nobody"]);
  });
});

describe("addresses", () => {
  test.each([
    ["web/src/desk/a.tsx", '<Link to="/orders">', 1],
    ["web/src/desk/a.tsx", "<a href={`/v1/contracts`}>", 1],
    ["web/src/desk/a.ts", 'navigate({ to: "/desk" })', 1],
    ["web/src/desk/a.ts", 'fetch("/v1/orders")', 1],
    ["web/src/desk/a.tsx", 'useParams({ from: "/desk/orders/$order" }); <Link to={PATHS.orders}>', 0],
    ["web/src/api/a.ts", 'client.GET("/v1/orders")', 0],
    ["web/src/paths.ts", 'orders: "/orders"', 0],
  ])("%s with %s: %i complaints", (path, text, count) => {
    expect(complaints(addressesInOneFile, { [path]: text })).toHaveLength(count);
  });
});

describe("style sheets", () => {
  test.each([
    [{ "web/src/desk/a.css": ".x { color: red }", "web/src/desk/b/c.css": "/* */ .y,\n.x {\n}" }, 1],
    [{ "web/src/desk/a.css": ".x { color: red }", "web/src/shell/c.css": "@media print { .x { color: red } }" }, 1],
    [{ "web/src/shell/a.css": ".x { color: red }", "web/src/theme/c.css": ".x { color: red }" }, 0],
    [
      {
        "web/src/desk/a.css": ".x { color: red } .x { margin: 0 }",
        "web/src/desk/c.css": ".y .x, .x > a { margin: 0 }",
      },
      0,
    ],
  ])("%j: %i complaints", (files, count) => {
    expect(complaints(styledOnce, files)).toHaveLength(count);
  });
});

describe("refusals", () => {
  const written = {
    "docs/problems/README.md": "[b](b.md) [a](a.md)",
    "docs/problems/a.md": "## What happened\n## What to do\n## 发生了什么\n## 怎么办",
    "docs/problems/b.md": "## What happened\n## What to do\n## 发生了什么\n## 怎么办",
    "docs/policy.md": "| 1 | R4 | `a` | … |\n| 2 | R9 | `b` | … |",
    "src/domain/refusal-text.ts": '  a: text("", ""),\n  b: text("", ""),\n  a: () =>\n  b: () =>\n',
  };
  const check = refusalsAreWritten(["a", "b"]);

  test("written everywhere, nothing is missing", () => {
    expect(complaints(check, written)).toEqual([]);
  });

  test.each([
    ["a problem page", { "docs/problems/b.md": undefined }],
    ["a section of a problem page", { "docs/problems/b.md": "## What happened\n## What to do\n## 发生了什么" }],
    ["a row of the index", { "docs/problems/README.md": "[a](a.md)" }],
    ["a line of the policy", { "docs/policy.md": "| 1 | R4 | `a` | … |" }],
    ["the order of the policy", { "docs/policy.md": "| 1 | R9 | `b` | … |\n| 2 | R4 | `a` | … |" }],
    ["a sentence", { "src/domain/refusal-text.ts": "  a: x\n  a: x\n  b: x\n" }],
  ])("%s that is missing is found", (_, changes) => {
    const files = Object.entries({ ...written, ...changes }).filter(([, text]) => text !== undefined);
    expect(complaints(check, Object.fromEntries(files) as Record<string, string>)).toHaveLength(1);
  });
});

describe("stories", () => {
  const titles = (...rules: readonly string[]): string =>
    rules.map((rule) => `story("${rule}: told", async () => {});\n`).join("");
  const every = Array.from({ length: 24 }, (_, index) => `R${index + 1}`);
  const told = {
    "scenarios/README.md": every.map((rule) => `- **${rule}** told\n`).join(""),
    "scenarios/all.test.ts": titles(...every),
  };

  test("one for each rule, and all of them listed: nothing is missing", () => {
    expect(complaints(storiesAreTold, told)).toEqual([]);
  });

  test.each([
    ["a rule without a story", { "scenarios/all.test.ts": titles(...every.slice(1)) }, 2],
    ["a story that the list leaves out", { "scenarios/more.test.ts": titles("R1, R2") }, 1],
    ["a story about no rule", { "scenarios/more.test.ts": 'story("Once upon a time", …);' }, 2],
    ["a story about a rule that there is not", { "scenarios/more.test.ts": titles("R25") }, 2],
    ["a list that is missing", { "scenarios/README.md": "" }, 24],
  ])("%s is found", (_, changes, count) => {
    expect(complaints(storiesAreTold, { ...told, ...changes } as Record<string, string>)).toHaveLength(count);
  });
});

describe("packages", () => {
  const manifest = JSON.stringify({ scripts: { start: "x", bench: "x" }, dependencies: { pg: "1", "@a/b": "1" } });

  test("a command that the README shows and package.json lacks is found", () => {
    const readme =
      "npm makes it easy.\n```sh\nnpm ci && npm start\nnpm run bench\n```\nThen `npm run polish` or `npm shine`.";
    expect(complaints(readmeCommands, { "package.json": manifest, "README.md": readme })).toEqual([
      "README.md shows `npm run polish`, which package.json does not have",
      "README.md shows `npm shine`, which package.json does not have",
    ]);
    expect(complaints(readmeCommands, { "package.json": manifest })).toEqual(["README.md is missing"]);
  });

  test("a dependency that no file imports is found, in the service and in web", () => {
    const files = {
      "package.json": manifest,
      "web/package.json": JSON.stringify({ devDependencies: { react: "1", typescript: "1", "@types/react": "1" } }),
      "src/store/x.ts": 'import pg from "pg";\nimport { z } from "@a/bb";',
    };
    expect(complaints(dependencies, files)).toEqual([
      "package.json asks for @a/b, which no file imports",
      "web/package.json asks for react, which no file imports",
    ]);
    const used = {
      ...files,
      "scripts/y.mjs": 'import "@a/b/deep.js";',
      "web/src/x.tsx": 'import "react/jsx-runtime";',
    };
    expect(complaints(dependencies, used)).toEqual([]);
  });

  test("a font package is used when a string names it", () => {
    const font = JSON.stringify({ dependencies: { "@expo-google-fonts/noto-sans": "1" } });
    expect(complaints(dependencies, { "package.json": font })).toHaveLength(1);
    const code = 'const folder = "node_modules/@expo-google-fonts/noto-sans";';
    expect(complaints(dependencies, { "package.json": font, "src/document/fonts.ts": code })).toEqual([]);
  });

  test("a lock file that names a registry is found", () => {
    const lock = (resolved: string): string => JSON.stringify({ x: { resolved } }, null, 2);
    expect(complaints(lockFile, { "package-lock.json": lock("https://registry.example/x.tgz") })).toHaveLength(1);
    expect(complaints(lockFile, { "package-lock.json": lock("web") })).toEqual([]);
  });

  test.each(["/work/main/x", "see /root/.cache", '"/work/shared"'])("a file that says %j is found", (text) => {
    expect(complaints(machinePaths, { "docs/x.md": text })).toHaveLength(1);
  });

  test.each(["docs/work/x", "https://x.example/work/a", "/workspace/x", "./root/x"])(
    "%j is no machine path",
    (text) => {
      expect(complaints(machinePaths, { "docs/x.md": text })).toEqual([]);
    },
  );
});
