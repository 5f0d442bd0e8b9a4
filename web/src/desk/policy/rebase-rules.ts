import type { Rules } from "../../api/policy.ts";
import { SETTINGS, type SettingName } from "./settings.ts";

/**
 * A draft that was written against an older version, as if against the one in force: what the draft leaves alone is as it is now, so
 * that saving it undoes nothing that was published since.
 */
export function rebaseRules(base: Rules, draft: Rules, current: Rules): Rules {
  let rules = current;
  for (const { name } of SETTINGS) rules = { ...rules, ...settled(name, base, draft, current) };
  return rules;
}

function settled(name: SettingName, base: Rules, draft: Rules, current: Rules): Partial<Rules> {
  if (name === "selfServiceProducts") return { selfServiceProducts: settledProducts(base, draft, current) };
  return isSame(base[name], draft[name]) ? {} : { [name]: draft[name] };
}

/** Product by product, for these are what machines change by themselves. */
function settledProducts(base: Rules, draft: Rules, current: Rules): Rules["selfServiceProducts"] {
  const [was, wanted, is] = [base, draft, current].map(
    ({ selfServiceProducts }) => new Map(Object.entries(selfServiceProducts)),
  );
  if (!was || !wanted || !is) return current.selfServiceProducts;
  for (const code of new Set([...was.keys(), ...wanted.keys()])) {
    const modes = wanted.get(code);
    if (isSame(was.get(code), modes)) continue;
    if (modes === undefined) is.delete(code);
    else is.set(code, modes);
  }
  return Object.fromEntries(is);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
