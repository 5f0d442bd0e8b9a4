import { queryOptions } from "@tanstack/react-query";
import type { Language } from "../i18n/languages.ts";
import { ProblemError, problemErrorOf } from "./problem-error.ts";

interface Section {
  /** Null above the first heading. */
  readonly heading: string | null;
  readonly paragraphs: readonly string[];
}

/** The page about a problem, in one language. */
interface ProblemText {
  readonly title: string;
  readonly sections: readonly Section[];
}

export function problemPageQuery(code: string) {
  return queryOptions({ queryKey: ["problem-page", code], queryFn: () => fetchProblemPage(code), retry: false });
}

async function fetchProblemPage(code: string): Promise<Readonly<Record<Language, ProblemText>>> {
  const response = await fetch(`/problems/${encodeURIComponent(code)}`, { headers: { Accept: "text/plain" } }).catch(
    () => null,
  );
  if (!response) throw new ProblemError(null);
  if (!response.ok) throw problemErrorOf(await response.json().catch(() => null));
  return problemTexts(await response.text());
}

const CHINESE = /\p{Script=Han}/u;

/** The page has both languages, one after the other: a title "English · 中文", and headings that tell whose part it is. */
function problemTexts(page: string): Readonly<Record<Language, ProblemText>> {
  const [head = "", ...others] = page.split(/^## /m);
  const [first = "", ...paragraphs] = paragraphsOf(head);
  const [en = "", zh = en] = first.replace(/^# /, "").split(" · ");
  // The first of them repeats the code, and links what only a checkout has.
  const opening = paragraphs.slice(1);
  const sections = others.map((part) => {
    const [heading = "", ...rest] = paragraphsOf(part);
    return { heading, paragraphs: rest };
  });
  const of = (title: string, isOurs: (text: string) => boolean): ProblemText => ({
    title,
    sections: [
      ...(opening.some(isOurs) ? [{ heading: null, paragraphs: opening.filter(isOurs) }] : []),
      ...sections.filter(({ heading }) => isOurs(heading)),
    ],
  });
  return { "zh-CN": of(zh, (text) => CHINESE.test(text)), en: of(en, (text) => !CHINESE.test(text)) };
}

function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replaceAll("`", "")
        .trim(),
    )
    .filter((paragraph) => paragraph !== "");
}
