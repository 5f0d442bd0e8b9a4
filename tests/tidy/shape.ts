import { posix } from "node:path";
import { reachedBy } from "./imports.ts";
import { type Check, isSource, isTest, type Tree } from "./tree.ts";

const LONGEST = 300;
const LONGEST_TEST = 500;
/** Written by a generator, so nobody reads it from top to bottom. */
const GENERATED = new Set(["web/src/api/schema.d.ts"]);
const BANNED_WORDS = new Set([
  ..."util utils utility utilities helper helpers common misc manager managers stuff shared".split(" "),
]);
const BANNED_IDENTIFIERS = [/\bprocessData\b/g, /\binterface\s+I[A-Z]\w*/g] as const;
/** These checks write the banned words down, in order to find them. */
const OWN = /^tests\/tidy/;

export const length: Check = (tree) =>
  tree
    .filter(({ path }) => /\.(?:tsx?|mjs|typ|css)$/.test(path) && !GENERATED.has(path))
    .flatMap(({ path, text }) => {
      const lines = text.replace(/\n$/, "").split("\n").length;
      const most = isTest(path) ? LONGEST_TEST : LONGEST;
      return lines > most ? [`${path} has ${lines} lines, more than ${most}: split it by subject`] : [];
    });

export const names: Check = (tree) =>
  tree
    .filter(({ path }) => /^(?:src|web|tests|scenarios|bench|scripts)\//.test(path))
    .flatMap(({ path, text }) => {
      const inPath = path
        .split(/[/._-]/)
        .filter((word) => BANNED_WORDS.has(word.toLowerCase()))
        .map((word) => `${path} is named "${word}": name it for its subject`);
      const barrel = /(?:^|\/)index\.tsx?$/.test(path) ? [`${path} is a barrel: import from the file itself`] : [];
      if (!isSource(path) || OWN.test(path)) return [...inPath, ...barrel];
      const inText = BANNED_IDENTIFIERS.flatMap((pattern) => [...text.matchAll(pattern)]).map(
        ([found]) => `${path} says "${found}": name it for what it is`,
      );
      return [...inPath, ...barrel, ...inText];
    });

/** A source that no other one imports; being imported by tests alone does not count, since nobody would miss it. */
export const orphans: Check = (tree) => {
  const reached = new Set([
    ...tree.filter(({ path }) => !isTest(path) && isCode(path)).flatMap((file) => reachedBy(file, tree)),
    ...reachedByPages(tree),
  ]);
  return tree
    .filter(({ path }) => isSource(path) && !isEntry(path) && !reached.has(path))
    .map(({ path }) => `${path} is imported by nobody`);
};

/** Web bundles begin at the script that their HTML page names. */
function reachedByPages(tree: Tree): readonly string[] {
  return tree
    .filter(({ path }) => /^web\/.*\.html$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/<script[^>]*\ssrc="\.?\/?([^"]+)"/g)].map(([, source = ""]) =>
        posix.join(posix.dirname(path), source),
      ),
    );
}

function isCode(path: string): boolean {
  return /\.(?:[cm]?js|tsx?)$/.test(path);
}

function isEntry(path: string): boolean {
  return (
    isTest(path) ||
    /^(?:bin|bench|scripts)\//.test(path) ||
    /(?:\.d|\.config)\.ts$/.test(path) ||
    /\/render-worker\.ts$/.test(path) ||
    // What the package offers to others.
    path === "src/verify/public-api.ts" ||
    ["src/main.ts", "web/src/main.tsx"].includes(path)
  );
}
