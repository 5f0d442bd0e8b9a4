import { type Check, textOf } from "./tree.ts";

/** A fact of the tree about every code: a problem page, a row in its index, a line of the policy, a text. */
export function refusalsAreWritten(codes: readonly string[]): Check {
  return (tree) => {
    const index = textOf(tree, "docs/problems/README.md") ?? "";
    const texts = textOf(tree, "src/domain/refusal-text.ts") ?? "";
    const missing = codes.flatMap((code) => [
      ...missingPage(textOf(tree, `docs/problems/${code}.md`), code),
      ...(index.includes(`(${code}.md)`) ? [] : [`docs/problems/README.md does not list ${code}`]),
      ...([...texts.matchAll(new RegExp(`^\\s+${code}: `, "gm"))].length >= 2
        ? []
        : [`src/domain/refusal-text.ts has no title or no sentence for ${code}`]),
    ]);
    return [...missing, ...ladderComplaints(textOf(tree, "docs/policy.md") ?? "", codes)];
  };
}

function missingPage(text: string | null, code: string): readonly string[] {
  const page = `docs/problems/${code}.md`;
  if (text === null) return [`${page} is missing`];
  const headings = ["What happened", "What to do", "发生了什么", "怎么办"];
  return headings.filter((heading) => !text.includes(`## ${heading}`)).map((heading) => `${page} has no "${heading}"`);
}

/** The numbered table of docs/policy.md: `| 1 | R19 | \`served_by_partner\` | …`. */
function ladderComplaints(policy: string, codes: readonly string[]): readonly string[] {
  const rungs = [...policy.matchAll(/^\|\s*(\d+)\s*\|\s*(R\d+)[^|]*\|\s*`([a-z_]+)`/gm)].map(
    ([, , , code = ""]) => code,
  );
  return rungs.join() === codes.join()
    ? []
    : [`docs/policy.md lists ${rungs.join(", ") || "no rung"}; the ladder is ${codes.join(", ")}`];
}
