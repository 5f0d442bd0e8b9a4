import type { Check } from "./tree.ts";

/** The frame around every page, whose sheets are loaded together and before all others. */
const FRAME = /^web\/src\/(?:theme|shell)\//;

/**
 * A class that two style sheets give a look of its own. Sheets come with the pages that import them and stay, so that one page would
 * look otherwise after another.
 */
export const styledOnce: Check = (tree) => {
  const styledIn = new Map<string, Set<string>>();
  for (const { path, text } of tree) {
    if (!/^web\/.*\.css$/.test(path)) continue;
    for (const name of classesIn(text)) styledIn.set(name, (styledIn.get(name) ?? new Set()).add(path));
  }
  return [...styledIn]
    .map(([name, paths]) => ({ name, paths: [...paths] }))
    .filter(({ paths }) => paths.length > 1 && !paths.every((path) => FRAME.test(path)))
    .map(
      ({ name, paths }) =>
        `${name} is styled in ${paths.join(" and ")}: name it for its page, or style it in the shell`,
    );
};

function classesIn(css: string): readonly string[] {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{};]+)\{/g);
  return [...rules]
    .flatMap(([, selectors = ""]) => selectors.split(","))
    .map((selector) => selector.trim())
    .filter((selector) => /^\.[\w-]+$/.test(selector));
}
