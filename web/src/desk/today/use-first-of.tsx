import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A card tells of so many at most; the others are counted. */
const SHOWN = 3;

/** Makes the lines of a card from what there is, the most urgent first. */
export function useFirstOf() {
  const { t } = useTranslation("desk");
  return function firstOf<Item>(items: readonly Item[], line: (item: Item) => ReactNode): readonly ReactNode[] {
    const others = items.length - SHOWN;
    const more = <span className="soft small">{t("today.more", { count: others })}</span>;
    return [...items.slice(0, SHOWN).map(line), ...(others > 0 ? [more] : [])];
  };
}
