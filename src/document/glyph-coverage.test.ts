import { expect, test } from "vitest";
import { canonicalJson } from "../domain/canonical-json.ts";
import { BUYER, snapshotFixture } from "./contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document-renderer.ts";
import { loadGlyphCoverage } from "./glyph-coverage.ts";
import { textTest } from "./pdf-text.fixture.ts";

const coverage = await loadGlyphCoverage();

test("ordinary Chinese, English and figures are covered", () => {
  const text = "《合同》——“甲方”（买方）……䶮喆堃 Müller & Söhne №5 ¥1,234.50 €£ × · − Ω Ж";
  expect(coverage.missingCharacters(text)).toEqual([]);
});

test.each([
  [
    "names in 通用规范汉字表 beyond the usual blocks of Unicode",
    "㑇㑊㕮㙍㙦㛃㛚㛹㤘㧐㬎㮾㴔㶲㸆㻬㽏䂮䃅䌹䏝䓖䗖䝙䢺䥽䦃䲟䴓䴙䶮" +
      "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌" +
      "𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭" +
      "𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯" +
      "𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟" +
      "𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓",
  ],
  ["names in Hong Kong and Taiwan", "峯啓裏綫羣衆爲説邨栢鑛嚞堃𨭎𨋢𡃁𠝹𥄫𨨏"],
  ["Japanese names", "﨑髙脇咲辻畑栃澤濱齋﨟嶋かなカナヴー"],
  ["Korean names in Chinese characters", "珉昇鎭鉉炫旼彥"],
  ["names in Latin letters", "Łódź Şahin Čapek Žižek Ñandú Sørensen Groß Erdős Ångström Nguyễn İstanbul"],
  ["names in Greek and Cyrillic letters", "Παπαδόπουλος Достоевский Їжакевич"],
  ["signs of currencies", "¥€£$₽₹₩₫₿₱₦"],
])("%s are covered", (_, text) => {
  expect(coverage.missingCharacters(text)).toEqual([]);
});

test("what no font of ours has is refused: Hangul, two names of birds, and characters of no national standard", () => {
  expect(coverage.missingCharacters("김𬸀𬸩𠮷𪚥")).toEqual(["김", "𬸀", "𬸩", "𠮷", "𪚥"]);
});

textTest("characters beyond the first plane come out of the file as they went in", (read) => {
  const nameZh = "䶮𬭎𫖯𣲗𨭎（香港）有限公司";
  const snapshot = snapshotFixture({ buyer: { ...BUYER, nameZh }, language: "zh-CN" });
  expect(read(openDocumentRenderer().draw({ kind: "contract", snapshot }).pdf).split(nameZh)).toHaveLength(3);
  expect(JSON.parse(canonicalJson(snapshot)).buyer.nameZh).toBe(nameZh);
});

test("rare characters and emoji are named once each, in order", () => {
  expect(coverage.missingCharacters("甲🎉𪚥乙🎉")).toEqual(["🎉", "𪚥"]);
});

test.each([
  ["line break", "\n"],
  ["tab", "\t"],
  ["right-to-left override", "\u202e"],
  ["left-to-right isolate", "\u2066"],
  ["zero width joiner", "\u200d"],
  ["soft hyphen", "\u00ad"],
  ["variation selector", "\ufe0f"],
  ["ideographic variation selector", "\u{e0100}"],
  ["byte order mark", "\ufeff"],
  ["line separator", "\u2028"],
  ["private use", "\ue000"],
  ["lone surrogate", "\ud800"],
])("a %s counts as missing, whatever the fonts say", (_, character) => {
  expect(coverage.missingCharacters(`甲${character}乙`)).toEqual([character]);
});
