import { posix } from "node:path";
import type { Tree, TreeFile } from "./tree.ts";

const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** `from "x"`, `import "x"`, `import("x")`, `require("x")`, `require.resolve("x")`, and `new URL("./x", …)`. */
const SPECIFIERS =
  /\bfrom\s*["']([^"'\n]+)["']|(?<!-)\bimport\s*\(?\s*["']([^"'\n]+)["']|\brequire(?:\.resolve)?\(\s*["']([^"'\n]+)["']|(?<!Promise\.)\bresolve\(\s*["']([^"'\n]+)["']|\bnew URL\(\s*["'](\.[^"'\n]+)["']/g;

/** What a file imports, as it is written there. */
export function specifiersOf({ text }: TreeFile): readonly string[] {
  const found = [...text.replace(COMMENTS, "").matchAll(SPECIFIERS)];
  return found.map((match) => match.slice(1).find((group) => group !== undefined) ?? "");
}

/** Where a relative import leads, as a path from the root; null when it leads to a package or a built-in. */
export function targetOf(file: TreeFile, specifier: string): string | null {
  return specifier.startsWith(".") ? posix.join(posix.dirname(file.path), specifier) : null;
}

/** The paths that a file reaches; a source may be named by the `.js` that it is built to, or (in web/) by no ending. */
export function reachedBy(file: TreeFile, tree: Tree): readonly string[] {
  const paths = new Set(tree.map(({ path }) => path));
  return specifiersOf(file).flatMap((specifier) => {
    const target = targetOf(file, specifier);
    if (target === null) return [];
    const bare = target.replace(/\.[cm]?jsx?$/, "");
    const found = [target, `${bare}.ts`, `${bare}.tsx`, `${target}/index.ts`].find((path) => paths.has(path));
    return found === undefined ? [] : [found];
  });
}
