import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PageParam } from "./page-search.ts";
import "./pager.css";

interface PagerProps {
  /** Where in the address the page is named; a page with two lists has two. */
  readonly param?: PageParam;
  /** Where the next page begins; null on the last one. */
  readonly next: string | null;
}

/**
 * The way to the next page of a list and back. The page lives in the address, so that it can be kept, sent and reloaded. A
 * cursor only leads on: the way back is what the browser's history remembers, or else the first page.
 */
export function Pager({ param = "after", next }: PagerProps) {
  const { t } = useTranslation();
  const { search, state } = useLocation();
  const here = search[param] ?? "";
  const passed = state.passed?.[param] ?? [];
  if (here === "" && next === null) return null;
  const isKnown = here === "" || passed.length > 0;
  const to = (cursor: string, trail: readonly string[]) => ({
    to: ".",
    search: (old: object) => ({ ...old, [param]: cursor === "" ? undefined : cursor }),
    state: { passed: { ...state.passed, [param]: trail } },
    preload: false as const,
  });
  return (
    <nav className="pager" aria-label={t("pager.label")}>
      {here !== "" && (
        <Link className="pager-link" rel="prev" {...to(passed.at(-1) ?? "", passed.slice(0, -1))}>
          {t(isKnown ? "pager.previous" : "pager.first")}
        </Link>
      )}
      {isKnown && <span className="soft">{t("pager.page", { page: passed.length + 1 })}</span>}
      {next !== null && (
        <Link className="pager-link" rel="next" {...to(next, isKnown ? [...passed, here] : [])}>
          {t("pager.next")}
        </Link>
      )}
    </nav>
  );
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The pages before this one, by list: where each began. */
    passed?: Partial<Record<PageParam, readonly string[]>>;
  }
}
