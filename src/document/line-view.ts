import type { SnapshotLine } from "../domain/contract-snapshot.ts";
import { endFigures, momentFigures } from "../domain/local-time.ts";
import type { Localized } from "../domain/localized.ts";
import { type AmountTexts, amountTexts, grouped } from "./amount-text.ts";
import { breakable, breakableIn } from "./breakable-text.ts";

/** One row of the table of lines. */
export interface LineView {
  readonly position: string;
  readonly name: Localized;
  readonly description: string;
  readonly quantity: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly amounts: AmountTexts | null;
}

export function lineViews(lines: readonly SnapshotLine[], zone: string): readonly LineView[] {
  return lines.map((line, index) => lineView(line, index, zone));
}

function lineView(line: SnapshotLine, index: number, zone: string): LineView {
  const { term, amounts } = line;
  return {
    position: String(index + 1),
    name: breakableIn({ "zh-CN": line.nameZh, en: line.nameEn }),
    description: breakable(line.description),
    quantity: grouped(line.quantity),
    from: term === null ? null : momentFigures(term.startsAt, zone),
    to: term === null || term.endsAt === null ? null : endFigures(term.endsAt, zone),
    amounts: amounts === null ? null : amountTexts(amounts),
  };
}
