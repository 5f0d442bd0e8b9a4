import { builtinModules } from "node:module";
import { specifiersOf, targetOf } from "./imports.ts";
import { type Check, isSource, isTest, type TreeFile } from "./tree.ts";

/** ARCHITECTURE.md shows the same table: a room may import itself and what stands here, nothing else. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  application: ["domain"],
  store: ["application", "domain"],
  document: ["application", "domain"],
  verify: ["domain"],
  sources: ["application", "domain"],
  http: ["application", "domain"],
  jobs: ["application", "domain"],
  cli: ["application", "domain", "verify"],
};

/** The rooms that reach nothing outside: which built-ins of Node they may use all the same. */
const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  application: ["node:crypto", "node:async_hooks"],
  // What reads strangers' files has no network; it starts its child, and looks at how much memory that holds.
  verify: ["node:crypto", "node:zlib", "node:buffer", "node:child_process", "node:url", "node:fs"],
};
/** The rooms that others may build on: which packages they may use. tsx only starts a child from source, which is not shipped. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = { domain: ["temporal-polyfill"], verify: ["tsx"] };
/** Reach a network without an import. */
const NETWORK_GLOBALS = /\b(?:fetch|WebSocket|EventSource)\(/;

/** Imports point inward, never outward; tests may reach anywhere, and nothing but tests reaches a test. */
export const walls: Check = (tree) =>
  tree
    .filter(({ path }) => isSource(path) && !isTest(path))
    .flatMap((file) => [
      ...specifiersOf(file).flatMap((specifier) => complaintOf(file, specifier)),
      ...(roomOf(file.path) === "verify" && NETWORK_GLOBALS.test(file.text) ? [`${file.path} reaches a network`] : []),
    ]);

function complaintOf(file: TreeFile, specifier: string): readonly string[] {
  const target = targetOf(file, specifier);
  if (target === null) return outsideComplaint(file, specifier);
  // The bench runs the same browser as the tests do, and is not shipped either.
  if (isTest(target) && !file.path.startsWith("bench/"))
    return [`${file.path} imports ${specifier}, which only tests may`];
  const from = roomOf(file.path);
  const to = roomOf(target);
  if (from === null || from === "main" || from === to) return [];
  if (from === "web") return [`${file.path} imports ${specifier}: web knows the service by its generated client only`];
  const allowed = MAY_IMPORT[from];
  if (!allowed) return [`${file.path} lies in src/${from}, a room that no wall is drawn for`];
  return to !== null && allowed.includes(to) ? [] : [`${file.path} imports ${specifier}: ${from} may not import ${to}`];
}

/** Packages and built-ins; and own code must be reached by a relative path, so that the walls can be seen. */
function outsideComplaint(file: TreeFile, specifier: string): readonly string[] {
  if (/^(?:[/#]|@\/|~|src\/|file:|orderseal(?:\/|$))/.test(specifier)) {
    return [`${file.path} imports ${specifier}: own code is imported by its relative path`];
  }
  const room = roomOf(file.path) ?? "";
  const builtins = BUILTINS[room];
  if (builtins && isBuiltin(specifier) && !builtins.includes(specifier)) {
    return [`${file.path} imports ${specifier}: ${room} reaches nothing outside`];
  }
  const packages = PACKAGES[room];
  if (packages && !isBuiltin(specifier) && !packages.includes(specifier)) {
    return [`${file.path} imports ${specifier}: ${room} depends on nothing`];
  }
  return [];
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier.split("/")[0] ?? "");
}

/** "main" for files directly in src/; null for the shelves beside the house (bench, scripts, tests …). */
function roomOf(path: string): string | null {
  const [top, second, third] = path.split("/");
  if (top === "web") return "web";
  if (top !== "src" || second === undefined) return null;
  return third === undefined ? "main" : second;
}
