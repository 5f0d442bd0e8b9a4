import { expect, test } from "vitest";
import { stampedDocument } from "./archived-pdf.fixture.ts";
import { makeParty } from "./certificates.fixture.ts";
import { judge, root, sealed, timeStamping } from "./ladder.fixture.ts";
import { catalog, plainPdf } from "./sealed-pdf.fixture.ts";

/** A sealed file with a structure tree: root 8, its top element 9, its parent tree 10; the timestamp's element is 13. */
const tsa = makeParty({ name: "TSA", issuer: root, ...timeStamping });
const tree = "<</Type/StructTreeRoot/K[9 0 R]/ParentTree 10 0 R/ParentTreeNextKey 1>>";
const top = "<</Type/StructElem/S/Document/P 8 0 R/K[14 0 R]>>";
const pairs = "<</Nums[0 14 0 R]>>";
const seal = "<</Type/StructElem/S/Form/P 9 0 R/Pg 3 0 R/K[<</Type/OBJR/Obj 5 0 R/Pg 3 0 R>>]>>";
const file = sealed({
  base: plainPdf(),
  size: 15,
  objects: new Map([
    [1, `${catalog.slice(0, -2)}/StructTreeRoot 8 0 R>>`],
    [8, tree],
    [9, top],
    [10, pairs],
    [14, seal],
  ]),
});

/** The timestamp's widget is 15, its signature 16, its element 17. */
const sound = {
  8: tree.replace("NextKey 1", "NextKey 2"),
  9: top.replace("14 0 R", "14 0 R 17 0 R"),
  10: pairs.replace("14 0 R", "14 0 R 1 17 0 R"),
  17: seal.replace("/Obj 5", "/Obj 15"),
};

function stamped(changes: Readonly<Record<number, string>>, widget?: string): Buffer {
  return stampedWith({ ...sound, ...changes }, widget);
}

function stampedWith(tied: Readonly<Record<number, string>>, widget = "/Rect[0 0 0 0]/StructParent 1"): Buffer {
  const objects = Object.entries(tied).map(([number, text]) => [Number(number), text] as const);
  return stampedDocument(file, tsa, {
    time: new Date("2026-02-28T02:00:00Z"),
    widget,
    objects: () => new Map(objects),
  });
}

test("a timestamp's element may hang in the structure tree", () => {
  expect(judge(stamped({}))).toMatchObject({ verdict: "passed", sealedAtSource: "timestamp" });
});

test.each(["(en-GB)", "<FEFF007A0068002D0043004E>"])("it may name the language of its name: %s", (language) => {
  const spoken = { 17: sound[17].replace("/S/Form", `/S/Form/Lang${language}`) };
  expect(judge(stamped(spoken)).verdict).toBe("passed");
});

const spoken = (words: string) =>
  `/Rect[0 0 0 0]/StructParent 1/TU<FEFF${Buffer.from(words, "utf16le").swap16().toString("hex")}>`;

test("of its widget is said aloud what our archives say, and nothing else", () => {
  const ours = "文件时间戳（长期存档） / Document timestamp (archive)";
  expect(judge(stamped({}, spoken(ours))).verdict).toBe("passed");
  expect(judge(stamped({}, spoken("Paid in full"))).reason).toBe("later_revision_changes_content");
});

test("it may hang below the tree's root instead of below the top element", () => {
  const { 9: _, ...others } = sound;
  const below = {
    ...others,
    8: sound[8].replace("9 0 R", "9 0 R 17 0 R"),
    17: sound[17].replace("/P 9", "/P 8"),
  };
  expect(judge(stampedWith(below)).verdict).toBe("passed");
});

test.each<[string, Readonly<Record<number, string>>, string?]>([
  ["the top element loses a child", { 9: top.replace("14 0 R", "17 0 R") }],
  ["the top element changes its kind", { 9: sound[9].replace("Document", "Part") }],
  ["the top element gains two children", { 9: top.replace("14 0 R", "14 0 R 17 0 R 17 0 R") }],
  ["the element says something aloud", { 17: sound[17].replace("/S/Form", "/S/Form/ActualText(Paid)") }],
  ["the element speaks in place of a language", { 17: sound[17].replace("/S/Form", "/S/Form/Lang(Paid in full)") }],
  ["the element is no form", { 17: sound[17].replace("/Form", "/P") }],
  ["the element is the seal's", { 17: sound[17].replace("/Obj 15", "/Obj 5") }],
  ["the parent tree leads elsewhere", { 10: pairs.replace("14 0 R", "9 0 R 1 17 0 R") }],
  ["the parent tree has another key", { 10: pairs.replace("14 0 R", "14 0 R 7 17 0 R") }],
  ["the root counts on by two", { 8: tree.replace("NextKey 1", "NextKey 3") }],
  ["the root gets other roles", { 8: sound[8].replace("/K[", "/RoleMap<</Form/P>>/K[") }],
  ["the seal's element is another one", { 14: seal.replace("/Form", "/Figure") }],
  ["the widget names no place, and the tree is changed all the same", {}, "/Rect[0 0 0 0]"],
])("nothing else of the tree may change: %s", (_, changes, widget) => {
  expect(judge(stamped(changes, widget)).reason).toBe("later_revision_changes_content");
});
