import { describe, expect, test } from "vitest";
import { readXml, XmlFault } from "./xml-tree.ts";

describe("XML of a file from anywhere is read without its traps (OWASP ASVS 5.0, 1.5.1)", () => {
  test.each([
    ["a document type", "<!DOCTYPE a><a/>"],
    ["an entity of its own", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["an entity of another file", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
    ["an entity nobody declared", "<a>&b;</a>"],
    ["CDATA", "<a><![CDATA[b]]></a>"],
    ["a thousand elements in one another", `${"<a>".repeat(1000)}${"</a>".repeat(1000)}`],
  ])("%s is refused", (_what, source) => {
    expect(() => readXml(source)).toThrow(XmlFault);
  });

  test("the five entities of XML itself and numbered characters are read", () => {
    expect(readXml("<a>&lt;&amp;&gt;&quot;&apos;&#20013;&#x6587;</a>").text).toBe("<&>\"'中文");
  });
});
