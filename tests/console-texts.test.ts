import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deskEn } from "../web/src/desk/desk-en.ts";
import { deskZhCn } from "../web/src/desk/desk-zh-cn.ts";
import { en } from "../web/src/i18n/en.ts";
import { zhCN } from "../web/src/i18n/zh-CN.ts";

type Texts = { readonly [key: string]: string | Texts };
type Dictionary = ReadonlyMap<string, string>;

const SOURCES = fileURLToPath(new URL("../web/src", import.meta.url));
/** A text for each number: who asks for it names it without the ending. */
const PLURAL = /_(?:zero|one|two|few|many|other)$/;
/** "orderState.${state}": a key with a gap, for which any word may stand. */
const WITH_GAPS = /`([A-Za-z][\w.-]*\.(?:[\w.-]|\$\{[^`{}]*\})*)`/g;
const WHOLE = /["'`]([A-Za-z][\w-]*(?:\.[\w+-]+)+|[a-z]\w*)["'`]/g;

const DICTIONARIES = [
  ["console", dictionaryOf(zhCN), dictionaryOf(en)],
  ["desk", dictionaryOf(deskZhCn), dictionaryOf(deskEn)],
] as const;

test.each(DICTIONARIES)("the texts of the %s say the same things in both languages", (_, chinese, english) => {
  const withoutPlurals = (texts: Dictionary) =>
    [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].sort();
  expect(withoutPlurals(english)).toEqual(withoutPlurals(chinese));
  const gapsDiffer = [...chinese].filter(
    ([key, text]) => english.has(key) && gapsOf(text).join() !== gapsOf(english.get(key) ?? "").join(),
  );
  expect(gapsDiffer.filter(([key]) => !PLURAL.test(key))).toEqual([]);
});

test.each(DICTIONARIES)(
  "no text of the %s is empty, and Chinese is written with Chinese signs",
  (_, chinese, english) => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
    // A half-width comma, colon or the like between two Chinese characters is a slip of the keyboard.
    expect([...chinese].filter(([, text]) => /\p{Script=Han}[,;:?!()]\p{Script=Han}/u.test(text))).toEqual([]);
    expect([...english].filter(([, text]) => /[，。；：？！（）]/.test(text))).toEqual([]);
  },
);

test.each(DICTIONARIES)("every text of the %s is asked for by some page", (_, chinese) => {
  const { whole, withGaps } = askedFor();
  const unused = [...chinese.keys()]
    .map((key) => key.replace(PLURAL, ""))
    .filter((key) => !whole.has(key) && !withGaps.some((pattern) => pattern.test(key)));
  expect(unused).toEqual([]);
});

function dictionaryOf(texts: Texts): Dictionary {
  const entries = (node: Texts, path: string): [string, string][] =>
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === "string" ? [[path + key, value] as [string, string]] : entries(value, `${path}${key}.`),
    );
  return new Map(entries(texts, ""));
}

function gapsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = ""]) => name))].sort();
}

/** What the sources of the console name, other than the dictionaries themselves. */
function askedFor(): { readonly whole: ReadonlySet<string>; readonly withGaps: readonly RegExp[] } {
  const whole = new Set<string>();
  const withGaps: RegExp[] = [];
  for (const path of readdirSync(SOURCES, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(path) || /-(?:en|zh-cn)\.ts$|\.d\.ts$/.test(path)) continue;
    const source = readFileSync(join(SOURCES, path), "utf8");
    for (const [, key = ""] of source.matchAll(WHOLE)) whole.add(key);
    for (const [, key = ""] of source.matchAll(WITH_GAPS)) {
      const parts = key.split(/\$\{[^{}]*\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&"));
      if (parts.length > 1) withGaps.push(new RegExp(`^${parts.join("[\\w.+-]+")}$`));
    }
  }
  return { whole, withGaps };
}
