import type { SettingName } from "./settings.ts";

/** One thing that a setting says: of a product, a kind, a currency; or, without a name, the whole of it. */
interface SaidEntry {
  readonly code: string;
  readonly name: string;
  readonly text: string;
}

/** What one setting of the rules says, in words. */
export interface Said {
  readonly entries: readonly SaidEntry[];
  /** What holds for everything that no entry names. */
  readonly otherwise: string;
  /** Whether being named says it all, so that the texts need not be repeated. */
  readonly isSet: boolean;
}

interface DifferentPart {
  /** Of which product, kind or currency; empty for the setting as a whole. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A setting in which two policies differ. */
export interface Difference {
  readonly setting: SettingName;
  readonly rule: string;
  readonly parts: readonly DifferentPart[];
}

/** What differs between two sayings of one setting, thing by thing. */
export function differencesOf(before: Said, after: Said): readonly DifferentPart[] {
  const [was, is] = [byCode(before), byCode(after)];
  return [...new Map([...was, ...is])]
    .map(([code, { name }]) => ({
      ...{ name, from: was.get(code)?.text ?? before.otherwise, to: is.get(code)?.text ?? after.otherwise },
    }))
    .filter(({ from, to }) => from !== to);
}

function byCode({ entries }: Said): ReadonlyMap<string, SaidEntry> {
  return new Map(entries.map((entry) => [entry.code, entry]));
}
