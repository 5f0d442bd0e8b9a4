import { describe, expect, test } from "vitest";
import { CLAUSE_NUMBERS, OMITTABLE_CLAUSES } from "./clause-library.ts";
import type { WordingBody } from "./seller-wording.ts";
import { faultOfWording, LONGEST_TEXT, LONGEST_TITLE } from "./wording-fault.ts";

const NOTHING: WordingBody = { replaced: {}, omitted: [], added: [] };
const words = (zh = "正文", en = "Text") => ({ title: { "zh-CN": "标题", en: "Title" }, text: { "zh-CN": zh, en } });

/** A wording as a document may hold it, however wrong. */
function faultOf(body: {
  readonly replaced?: Readonly<Record<string, ReturnType<typeof words>>>;
  readonly omitted?: readonly string[];
  readonly added?: readonly ({ readonly clause: string; readonly after: string } & ReturnType<typeof words>)[];
}) {
  return faultOfWording({ ...NOTHING, ...body } as WordingBody);
}

describe("a wording that contracts can be drawn up with", () => {
  test("may say nothing, reword every clause, leave out what may be, and add its own behind any", () => {
    expect(faultOf({})).toBeNull();
    expect(faultOf({ omitted: OMITTABLE_CLAUSES })).toBeNull();
    expect(
      faultOf({
        replaced: Object.fromEntries(CLAUSE_NUMBERS.map((number) => [number, words()])),
        added: CLAUSE_NUMBERS.map((after, index) => ({
          clause: `S${index + 1}`,
          after,
          ...words("{buyer}", "{seller}"),
        })),
      }),
    ).toBeNull();
  });

  test("uses the blanks of its clause, and those that every contract fills", () => {
    expect(faultOf({ replaced: { "301": words("{term_from} {account_kind}", "{term_to} {account}") } })).toBeNull();
    expect(faultOf({ added: [{ clause: "S1", after: "501", ...words("{platform}", "{platform}") }] })).toBeNull();
  });

  test("is as long as a clause may be, and not a character longer", () => {
    const long = {
      title: { "zh-CN": "题".repeat(LONGEST_TITLE), en: "T" },
      text: { "zh-CN": "文".repeat(LONGEST_TEXT), en: "T" },
    };
    expect(faultOf({ replaced: { "601": long } })).toBeNull();
    const title = { ...long, title: { "zh-CN": `${long.title["zh-CN"]}题`, en: "T" } };
    const text = { ...long, text: { "zh-CN": `${long.text["zh-CN"]}文`, en: "T" } };
    expect(faultOf({ replaced: { "601": title } })?.message.en).toBe(
      "replaced.601.title.zh-CN: must not be longer than 60 characters; shorten it, or make two clauses of it.",
    );
    expect(faultOf({ replaced: { "601": text } })?.message["zh-CN"]).toBe(
      "replaced.601.text.zh-CN：不得超过 2000 个字符，请精简或者拆为两条。",
    );
  });
});

describe("a wording that is refused names the place, the fault and the way out", () => {
  test.each<[string, Parameters<typeof faultOf>[0], string, RegExp, RegExp]>([
    ["an unknown clause", { replaced: { "999": words() } }, "replaced.999", /没有编号为“999”/, /no clause "999"; docs/],
    ["an unknown clause left out", { omitted: ["001"] }, "omitted.0", /没有编号为“001”/, /no clause "001"/],
    [
      "an unknown clause to stand behind",
      { added: [{ clause: "S1", after: "102x", ...words() }] },
      "added.0.after",
      /“102x”/,
      /no clause "102x"/,
    ],
    [
      "a name of JavaScript's own",
      { replaced: { constructor: words() } },
      "replaced.constructor",
      /“constructor”/,
      /no clause/,
    ],
    [
      "the price left out",
      { omitted: ["401", "202"] },
      "omitted.1",
      /第 202 条“价款与支付”不得删除，可在 replaced 中改写；可删除的有：401、402、403、502、601、701、702、911。/,
      /clause 202, "Price and payment", must stay; reword it .* left out: 401, 402, 403, 502, 601, 701, 702, 911\./,
    ],
    ["the seal left out", { omitted: ["901"] }, "omitted.0", /不得删除/, /must stay/],
    [
      "reworded and left out",
      { replaced: { "601": words() }, omitted: ["601"] },
      "omitted.0",
      /既在 replaced 中改写，又在 omitted 中删除/,
      /reworded under replaced and left out here; keep one/,
    ],
    [
      "one name twice",
      {
        added: [
          { clause: "S1", after: "101", ...words() },
          { clause: "S1", after: "601", ...words() },
        ],
      },
      "added.1.clause",
      /名称“S1”重复/,
      /another clause is named "S1" already/,
    ],
    [
      "no Chinese",
      { replaced: { "601": words("") } },
      "replaced.601.text.zh-CN",
      /两种都须填写/,
      /is empty; .* write both/,
    ],
    ["no English", { replaced: { "601": words("正文", " ") } }, "replaced.601.text.en", /没有内容/, /is empty/],
    [
      "a line break",
      { replaced: { "601": words("一\n二") } },
      "replaced.601.text.zh-CN",
      /U\+000A/,
      /U\+000A.*make two clauses/,
    ],
    [
      "a direction override",
      { added: [{ clause: "S1", after: "601", ...words("一", "a\u202eb") }] },
      "added.0.text.en",
      /U\+202E/,
      /U\+202E/,
    ],
    [
      "an open brace",
      { replaced: { "601": words("{buyer") } },
      "replaced.601.text.zh-CN",
      /花括号须成对/,
      /without its partner/,
    ],
    [
      "braces in braces",
      { replaced: { "601": words("正文", "{{buyer}}") } },
      "replaced.601.text.en",
      /成对/,
      /partner/,
    ],
    [
      "a blank that is none",
      { replaced: { "601": words("{price}") } },
      "replaced.601.text.zh-CN",
      /“\{price\}”，可用的有：\{account\}、\{account_kind\}、\{buyer\}、\{seller\}。/,
      /no filling for \{price\} here; there are \{account\}, \{account_kind\}, \{buyer\}, \{seller\}\./,
    ],
    [
      "another clause's blank",
      { replaced: { "302": words("{term_from}", "{term_to}") } },
      "replaced.302.text.en",
      /“\{term_to\}”/,
      /\{term_to\} here; there are \{account\}, \{account_kind\}, \{buyer\}, \{seller\}, \{term_from\}\./,
    ],
    [
      "a blank of spaces",
      { added: [{ clause: "S1", after: "601", ...words("{ buyer }") }] },
      "added.0.text.zh-CN",
      /“\{ buyer \}”/,
      /\{ buyer \}/,
    ],
  ])("%s", (_, body, field, zh, en) => {
    const fault = faultOf(body);
    expect(fault?.field).toBe(field);
    expect(fault?.message["zh-CN"]).toMatch(zh);
    expect(fault?.message["zh-CN"].startsWith(`${field}：`)).toBe(true);
    expect(fault?.message.en).toMatch(en);
    expect(fault?.message.en.startsWith(`${field}: `)).toBe(true);
  });

  test("titles are judged as texts are", () => {
    const untitled = { ...words(), title: { "zh-CN": "标题", en: "" } };
    expect(faultOf({ replaced: { "601": untitled } })?.field).toBe("replaced.601.title.en");
  });

  test("what is named is shown in forty characters at most", () => {
    expect(faultOf({ omitted: ["9".repeat(41)] })?.message.en).toContain(`"${"9".repeat(40)}…"`);
    expect(faultOf({ omitted: ["9".repeat(40)] })?.message.en).toContain(`"${"9".repeat(40)}"`);
  });
});
