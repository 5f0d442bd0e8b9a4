import { WrongUse } from "./terminal.ts";

/** The number of a published version; null where none is named. A version and the draft are not shown at once. */
export function givenVersion(
  values: { readonly version?: string | undefined; readonly draft: boolean },
  usage: string,
): number | null {
  const { version, draft } = values;
  if (version === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(version)) {
    throw new WrongUse(`--version must be a whole number from 1, not "${version.slice(0, 80)}".`);
  }
  if (draft) throw new WrongUse(`Name a version or the draft, not both. Usage: orderseal ${usage}`);
  return Number(version);
}
