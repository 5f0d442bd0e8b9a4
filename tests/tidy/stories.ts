import { type Check, type Tree, textOf } from "./tree.ts";

const README = "scenarios/README.md";
/** The rules of the product: R1 to R24. */
const RULES = Array.from({ length: 24 }, (_, index) => `R${index + 1}`);

/** "R8, R10" and "never paid, …": what stands before and after the colon of a story's title. */
interface Story {
  readonly path: string;
  readonly rules: readonly string[];
  readonly told: string;
}

/** Every rule has a story, every story names its rules, and the README of the scenarios lists them all. */
export const storiesAreTold: Check = (tree) => {
  const stories = storiesOf(tree);
  const listed = (textOf(tree, README) ?? "").split("\n").filter((line) => line.startsWith("- "));
  const lines = stories.map(({ rules, told }) => `- **${rules.join(", ")}** ${told}`);
  return [
    ...RULES.filter((rule) => !stories.some(({ rules }) => rules.includes(rule))).map((rule) => `${rule} has no story`),
    ...stories
      .filter(({ rules }) => rules.length === 0 || rules.some((rule) => !RULES.includes(rule)))
      .map(({ path, told }) => `${path}: "${told}" does not begin with the rules it is about`),
    ...lines.filter((line) => !listed.includes(line)).map((line) => `${README} does not say "${line}"`),
    ...listed.filter((line) => !lines.includes(line)).map((line) => `${README} lists "${line}", which nobody tells`),
  ];
};

function storiesOf(tree: Tree): readonly Story[] {
  return tree
    .filter(({ path }) => /^scenarios\/.*\.test\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^story\(\s*"([^"]+)"/gm)].map(([, title = ""]) => {
        const [, rules = "", told = title] = /^((?:R\d+, )*R\d+): (.+)$/.exec(title) ?? [];
        return { path, rules: rules === "" ? [] : rules.split(", "), told };
      }),
    );
}
