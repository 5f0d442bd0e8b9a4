import { describe, expect, test } from "vitest";
import { BUYER_FIELDS, LONGEST, parseBuyerDetails, undrawableDetail } from "./buyer-details.ts";

function read(given: Parameters<typeof parseBuyerDetails>[1]) {
  return parseBuyerDetails("en", given);
}

function faultOf(given: Parameters<typeof parseBuyerDetails>[1]) {
  const parsed = read(given);
  if (parsed.ok) throw new Error("taken");
  return parsed.fault;
}

describe("R6: what the buyer may fill in", () => {
  test("is trimmed and in normal form C; what is left out is empty", () => {
    const given = { contact: " 采购部 A\u030a. Li ", phone: "\t021-5550 0188 ", purchaseOrder: undefined };
    expect(read(given)).toEqual({
      ok: true,
      value: {
        language: "en",
        contact: "采购部 Å. Li",
        postalAddress: "",
        phone: "021-5550 0188",
        email: "",
        purchaseOrder: "",
      },
    });
  });

  test("fits to the last character, and one more is too many: the fault says the limit and the way out", () => {
    for (const field of BUYER_FIELDS) {
      const longest = LONGEST[field];
      const text = field === "email" ? `a@${"b".repeat(longest - 5)}.cn` : "1".repeat(longest);
      expect(read({ [field]: text }).ok).toBe(true);
      const { message, ...fault } = faultOf({ [field]: `${text}1` });
      expect(fault).toEqual({ field });
      expect(message.en).toContain(`longer than ${longest} characters; shorten it.`);
      expect(message["zh-CN"]).toContain(`不得超过 ${longest} 个字符，请精简。`);
    }
  });

  test.each(["\n", "\t", "\u0000", "\u007f", "\u00ad", "\u200b", "\u202e", "\u2028", "\u2029", "\ufeff", "\ud800"])(
    "what nobody would see on paper is refused by its code point (%j)",
    (unseen) => {
      for (const field of BUYER_FIELDS) {
        const { message } = faultOf({ [field]: `1${unseen}1` });
        const codePoint = `U+${unseen.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
        expect(message["zh-CN"]).toContain(codePoint);
        expect(message.en).toContain(codePoint);
        expect(message.en).not.toContain(unseen);
      }
    },
  );

  test("the fault names the field by name and in words, in both languages", () => {
    expect(faultOf({ email: "nobody" })).toEqual({
      field: "email",
      message: {
        "zh-CN": "email：电子邮箱格式不正确，请按 name@example.com 的格式填写一个邮箱。",
        en: "email: the e-mail address is not one; write a single address such as name@example.com.",
      },
    });
    expect(faultOf({ phone: "12" }).message).toEqual({
      "zh-CN":
        "phone：联系电话只能包含半角数字、空格以及 + - ( ) 等符号，分机号前可写“转”，例如 +86 571 5550 0199 转 801。",
      en: "phone: the phone number may hold digits, spaces and signs such as + - ( ), and ext. before an extension, as in +86 571 5550 0199 ext. 801.",
    });
    expect(faultOf({ purchaseOrder: "x\ny" }).message["zh-CN"]).toMatch(/^purchaseOrder：采购单号含有/);
    expect(faultOf({ postalAddress: "x\ny" }).message.en).toMatch(/^postalAddress: the postal address holds/);
  });

  test.each([
    "lin.yi@buyer.example",
    "采购@例子.公司",
    "a+b_c%d@sub.host-1.cn",
    "o'neil@x.co",
    "用户@xn--fsqu00a.xn--0zwm56d",
  ])("%s is an address of e-mail", (email) => {
    expect(read({ email }).ok).toBe(true);
  });

  test.each([
    "buyer",
    "@buyer.example",
    "a@",
    "a@b",
    "a@b.1",
    "a@.cn",
    "a@b..cn",
    "a.@b.cn",
    ".a@b.cn",
    "a..b@c.cn",
    "a b@c.cn",
    "a@b c.cn",
    "a@b@c.cn",
    "Li <a@b.cn>",
    "a@b.cn, c@d.cn",
    "a@-b.cn",
    "a@b.c",
  ])("%s is none", (email) => {
    expect(faultOf({ email }).field).toBe("email");
  });

  test.each([
    "021-5550 0188",
    "+86 571 5550 0199 转 801",
    "(020) 1234-5678 ext. 9",
    "（0571）87654321 分机 2",
    "95187 / 138 0000 0000",
    "110",
    "1 555 0100 x12",
  ])("%s is a phone number", (phone) => {
    expect(read({ phone }).ok).toBe(true);
  });

  test.each(["----", "12", "０２１５５５０", "call me", "021-5550 text", "微信 123456", "021=555", "external 12345"])(
    "%s is none",
    (phone) => {
      expect(faultOf({ phone }).field).toBe("phone");
    },
  );

  test("a hundred thousand characters are judged in no time", () => {
    const started = performance.now();
    for (const text of ["a.".repeat(50_000), `a@${"b.".repeat(50_000)}`, "1".repeat(100_000)]) {
      expect(faultOf({ email: text, phone: text }).field).toBe("phone");
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test("a character that no font has is named with its field", () => {
  const glyphs = { missingCharacters: (text: string) => [...text].filter((character) => character === "☃") };
  for (const field of BUYER_FIELDS) {
    const details = { language: "en", ...EMPTY, [field]: "x☃" } as const;
    expect(undrawableDetail(glyphs, details)).toMatchObject({
      field,
      message: { en: expect.stringContaining(`${field}: the contract's fonts have no character "☃" (U+2603)`) },
    });
  }
  expect(undrawableDetail(glyphs, { language: "en", ...EMPTY })).toBeNull();
});

const EMPTY = { contact: "", postalAddress: "", phone: "", email: "", purchaseOrder: "" };
