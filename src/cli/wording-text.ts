import type { Ledger } from "../application/ports.ts";
import type { Wording } from "../domain/clause.ts";
import { parseSellerId, type SellerId } from "../domain/identifiers.ts";
import type { WordingBody } from "../domain/seller-wording.ts";

/** Whose clauses; the default seller's where none is named. */
export const SELLER_OPTION = { seller: { type: "string" } } as const;

/** Null where there is no such seller. */
export async function sellerOf(ledger: Ledger, named: string | undefined): Promise<SellerId | null> {
  if (named === undefined) return (await ledger.defaultSeller())?.id ?? null;
  const seller = parseSellerId(named);
  return seller && ((await ledger.seller(seller))?.id ?? null);
}

/** The wording as the document that is edited and given back; its members in the order of the format. */
export function wordingDocument({ replaced, omitted, added }: WordingBody): WordingBody {
  return { replaced, omitted, added };
}

/** One row per clause with its title, and one for its text in each language. */
export function wordingRows({ replaced, omitted, added }: WordingBody): readonly (readonly string[])[] {
  const rows = [
    ...Object.entries(replaced).flatMap(([number, words]) => clauseRows(number, "reworded", words)),
    ...omitted.map((number) => [number, "left out"]),
    ...added.flatMap(({ clause, after, ...words }, index) => {
      // Of several behind one clause each names the one before it: their order is what contracts say, too.
      const before = added.slice(0, index).findLast((other) => other.after === after);
      return clauseRows(clause, `behind ${after}${before ? ` and ${before.clause}` : ""}`, words);
    }),
  ];
  return rows.length === 0 ? [["clauses", "those of the library (docs/clauses.md)"]] : rows;
}

/** What one wording has that the other has not: gone (−) and come (+), text by text. */
export function changedWordingRows(before: WordingBody, after: WordingBody): readonly (readonly string[])[] {
  const [old, now] = [before, after].map((body) =>
    wordingRows(body).map(([clause, text]) => `${clause ?? ""}\n${text ?? ""}`),
  );
  const lines = (from: readonly string[], without: readonly string[], sign: string) =>
    from.filter((row) => !without.includes(row)).map((row) => [sign, ...row.split("\n")]);
  return [...lines(old ?? [], now ?? [], "-"), ...lines(now ?? [], old ?? [], "+")];
}

function clauseRows(clause: string, how: string, { title, text }: Wording): readonly (readonly string[])[] {
  return [
    [clause, `${how}: ${title["zh-CN"]} / ${title.en}`],
    [clause, text["zh-CN"]],
    [clause, text.en],
  ];
}
