import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file of the checkout: its path from the root with forward slashes, and its text ("" where it is not text). */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

export type Tree = readonly TreeFile[];

/** A check looks at a whole tree and returns its complaints, each a sentence that names the file. */
export type Check = (tree: Tree) => readonly string[];

/** What is never committed (.gitignore) or is not ours. */
const SKIPPED = new Set([
  "node_modules",
  "dist",
  ".git",
  ".orderseal",
  "coverage",
  "reports",
  "screenshots",
  "bench/out",
]);
const TEXT =
  /\.(?:ts|tsx|js|mjs|cjs|json|md|sql|typ|css|html|ya?ml|sh|svg|txt|csv|ndjson|pem)$|(?:^|\/)[^./]+$|(?:^|\/)\.[a-z]+$/;

/** Everything that could be committed under `root`, in the order of its paths. */
export function readTree(root: string): Tree {
  return pathsUnder(root, "").map((path) => ({
    path,
    text: TEXT.test(path) ? readFileSync(join(root, path), "utf8") : "",
  }));
}

function pathsUnder(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .sort()
    .flatMap((name) => {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (SKIPPED.has(name) || SKIPPED.has(path)) return [];
      const kind = statSync(join(root, path), { throwIfNoEntry: false });
      if (kind?.isDirectory()) return pathsUnder(root, path);
      return kind?.isFile() ? [path] : [];
    });
}

/** Tests, and the fixtures, stories and checks that only tests use. */
export function isTest(path: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(path) || /^(?:tests|scenarios)\//.test(path);
}

export function isSource(path: string): boolean {
  return /\.tsx?$/.test(path);
}

export function textOf(tree: Tree, path: string): string | null {
  return tree.find((file) => file.path === path)?.text ?? null;
}
