import { expect, test } from "vitest";
import { parseWordingDocument } from "./wording-document.ts";

const NOTHING = { replaced: {}, omitted: [], added: [] };
const WORDS = {
  title: { "zh-CN": "保密", en: "Secrecy" },
  text: { "zh-CN": "甲方保密。", en: "Party A keeps secrets." },
};

test("the deepest wording there is, is read whole, trimmed", () => {
  const added = [{ clause: "S1", after: "601", ...WORDS, title: { "zh-CN": " 保密 ", en: "Secrecy" } }];
  expect(parseWordingDocument({ ...NOTHING, replaced: { "601": WORDS }, added })).toEqual({
    ok: true,
    value: { replaced: { "601": WORDS }, omitted: [], added: [{ clause: "S1", after: "601", ...WORDS }] },
  });
});

test.each(["replaced", "omitted", "added"])("brackets without end in %s are refused, with the place", (part) => {
  const brackets: unknown = JSON.parse("[".repeat(200_000) + "]".repeat(200_000));
  for (const value of [brackets, [brackets], { "601": brackets }, [{ clause: "S1", after: "601", title: brackets }]]) {
    const parsed = parseWordingDocument({ ...NOTHING, [part]: value });
    expect(parsed).toMatchObject({ ok: false, fault: { field: expect.stringMatching(new RegExp(`^${part}`)) } });
  }
});

test("a part that there is not is said to be none", () => {
  const parsed = parseWordingDocument({ ...NOTHING, removed: [] });
  expect(parsed).toMatchObject({
    fault: {
      message: { en: expect.stringContaining("removed: is not as wordings are written (there is no such part)") },
    },
  });
});
