import { mutated } from "./mutated-pdf.fixture.ts";
import {
  APPEARANCE,
  adding,
  CATALOG,
  compressing,
  contentOf,
  DESCENDANT,
  DESCRIPTOR,
  drawing,
  entering,
  FILE_SPECIFICATION,
  FIRST_PAGE,
  FORM_ELEMENT,
  inContent,
  inObjects,
  inPacket,
  inUnicodeMap,
  type Mutation,
  ROOT_FONT,
  replacing,
  showing,
  swapping,
  UNICODE_MAP,
  WIDGET,
} from "./mutation.fixture.ts";

/** By the rule that must notice. Each rule has one, and some have more. */
export const MUTATIONS: Readonly<Record<string, readonly Mutation[]>> = {
  readable: [
    inObjects((file) => file.trailer(/$/, " /Encrypt <</Filter /Standard>>")),
    (pdf) => Buffer.concat([pdf, Buffer.from("\nmore")]),
  ],
  header: [swapping("%PDF-1.7\n%", "%PDF-1.7\n1"), swapping("%PDF-1.7", "%PDF-1.9")],
  "file-identifier": [inObjects((file) => file.trailer(/\/ID ?\[[\s\S]*?\]/, ""))],
  "cross-reference-spacing": [
    (pdf) =>
      Buffer.from(
        mutated(pdf, (file) => void file.add("null"))
          .toString("latin1")
          .replace(/xref\n(?=\d+ 1\n\d{10} 00000 n \ntrailer)/, "xref \n"),
        "latin1",
      ),
  ],
  "objects-in-the-open": [compressing],
  "hexadecimal-pairs": [adding("<ABC>")],
  "object-spacing": [
    inObjects((file) => file.raw(9000, "9000 0 obj null endobj\n")),
    inObjects((file) => file.raw(9000, "9000 0 obj\n<</Length 1>>\nstream\nxendstream\nendobj\n")),
  ],
  "stream-lengths": [inObjects((file) => file.raw(9000, "9000 0 obj\n<</Length 3>>\nstream\nx\nendstream\nendobj\n"))],
  "no-external-streams": [adding("<</Length 0 /F (elsewhere)>>\nstream\n\nendstream")],
  "stream-filters": [adding("<</Length 0 /Filter /LZWDecode>>\nstream\n\nendstream")],
  permissions: [
    replacing(CATALOG, "/DocMDP", "/Other 1 /DocMDP"),
    replacing(/\/TransformMethod/, "/TransformMethod", "/DigestMethod /MD5 /TransformMethod"),
  ],
  limits: [adding("99999999999"), adding(`(${"x".repeat(32_768)})`), drawing(`${"q ".repeat(29)}${"Q ".repeat(29)}`)],
  "page-size": [replacing(FIRST_PAGE, /\/MediaBox \[[^\]]*\]/, "/MediaBox [0 0 2 2]")],
  "metadata-present": [replacing(CATALOG, /\/Metadata \d+ 0 R/, "")],
  "metadata-well-formed": [
    inPacket("</dc:title>", ""),
    inPacket(/<\?xpacket end[^>]*>/, ""),
    inPacket("<dc:title>", "<dc:title>\xff"),
    inPacket(' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"', ""),
  ],
  "packet-header": [
    inPacket("<?xpacket begin", '<?xpacket bytes="9" begin'),
    inPacket("<?xpacket begin", '<?xpacket encoding="UTF-8" begin'),
  ],
  "extension-schemas": [
    inPacket("category>internal<", "category>other<"),
    inPacket(/<pdfaSchema:prefix>pdfuaid<\/pdfaSchema:prefix>/, ""),
    inPacket(/(<pdfaProperty:name>part<[\s\S]*?)Integer/, "$1Whole"),
  ],
  "known-properties": [
    inPacket("namespaceURI>http://www.aiim.org/pdfua/ns/id/<", "namespaceURI>http://elsewhere/<"),
    inPacket("<pdfaid:part>", "<xmp:Unheard>1</xmp:Unheard><pdfaid:part>"),
    inPacket(/<dc:creator><rdf:Seq>([\s\S]*?)<\/rdf:Seq>/, "<dc:creator><rdf:Bag>$1</rdf:Bag>"),
  ],
  "archive-claim": [inPacket("conformance>A<", "conformance>B<"), inPacket("pdfaid:part>3<", "pdfaid:part>2<")],
  "accessibility-claim": [
    inPacket("pdfuaid:part>1<", "pdfuaid:part>2<"),
    inPacket("<pdfuaid:part>1</pdfuaid:part>", ""),
  ],
  title: [inPacket(/<dc:title>[\s\S]*?<\/dc:title>/, ""), inPacket(/(x-default">)[^<]*/, "$1")],
  "title-shown": [replacing(CATALOG, "/DisplayDocTitle true", "/DisplayDocTitle false")],
  "info-agrees": [
    replacing(/\/CreationDate/, /\/ModDate \(D:2026/, "/ModDate (D:2025"),
    entering(/\/CreationDate/, "/Producer (Nobody)"),
    inPacket(/(x-default">)/, "$1Other "),
  ],
  "known-operators": [drawing("1 foo"), drawing("BI /W 1 ID x EI")],
  "content-readable": [
    drawing("/Nope gs"),
    drawing("(open"),
    drawing("/Artifact BMC /Nope Do EMC"),
    drawing("/Span /Named BDC EMC"),
  ],
  "own-resources": [replacing(APPEARANCE, "/Resources", "/Unused")],
  "balanced-content": [drawing("Q"), drawing("EMC"), drawing("q")],
  "output-intent": [
    replacing(/\/GTS_PDFA1/, "/GTS_PDFA1", "/GTS_PDFX"),
    replacing(/\/GTS_PDFA1/, /\/DestOutputProfile \d+ 0 R/, ""),
  ],
  "one-output-profile": [
    entering(/\/GTS_PDFA1/, "/DestOutputProfileRef <<>>"),
    inObjects((file) => {
      const other = file.add("<</S /GTS_PDFX /DestOutputProfile 9 0 R>>");
      file.replace(file.find(/^\[ ?\d+ 0 R ?\]$/), "]", ` ${other} 0 R]`);
    }),
  ],
  "colour-profiles": [replacing(/\/N 3\b/, /\/N 3\b/, "/N 4")],
  "device-colour": [
    drawing("0 0 0 1 k"),
    (pdf) =>
      mutated(pdf, (file) => {
        file.replace(file.find(CATALOG), /\/OutputIntents \d+ 0 R/, "");
        file.stream(contentOf(file), (content) => `${content}\n0 g\n`);
      }),
    replacing(CATALOG, /\/OutputIntents \d+ 0 R/, ""),
  ],
  "graphics-state": [
    replacing(/\/BM \/Multiply/, "/BM", "/TR /Identity /BM"),
    replacing(/\/BM \/Multiply/, "/BM", "/HTP [0 0] /BM"),
    adding("<</HalftoneType 6>>"),
    adding("<</TR2 /Identity>>"),
  ],
  "rendering-intents": [drawing("/Vivid ri"), adding("<</RI /Vivid>>")],
  images: [
    adding("<</Subtype /Image /Filter /JPXDecode /Length 0>>\nstream\n\nendstream"),
    adding("<</Subtype /Image /Interpolate true /Length 0>>\nstream\n\nendstream"),
  ],
  "form-xobjects": [
    entering(APPEARANCE, "/OPI <<>>"),
    entering(APPEARANCE, "/Ref <<>>"),
    adding("<</Subtype /PS /Length 0>>\nstream\n\nendstream"),
  ],
  "blend-modes": [replacing(/\/BM \/Multiply/, "/Multiply", "/Stamp")],
  "blending-space": [replacing(CATALOG, /\/OutputIntents \d+ 0 R/, "")],
  "utf8-names": [replacing(/\/S \/P\b/, "/S /P", "/S /P#FF"), replacing(ROOT_FONT, "/BaseFont /", "/BaseFont /#C0")],
  "font-kind": [
    replacing(DESCENDANT, "/CIDFontType2", "/CIDFontType9"),
    replacing(ROOT_FONT, "/Type /Font", "/Type /Face"),
  ],
  "subset-name": [
    replacing(ROOT_FONT, /\/BaseFont \/[A-Z]{6}\+/, "/BaseFont /"),
    replacing(DESCRIPTOR, /\/FontName \/[A-Z]{6}/, "/FontName /ABCDEF"),
  ],
  "character-collection": [
    replacing(ROOT_FONT, "/Identity-H", "/UniGB-UCS2-H"),
    replacing(DESCENDANT, "/CIDSystemInfo", "/Unused"),
  ],
  "glyph-map": [replacing(DESCENDANT, "/CIDToGIDMap", "/Unused")],
  "writing-mode": [
    replacing(UNICODE_MAP, "/WMode 0", "/WMode 1"),
    inUnicodeMap("begincmap", "begincmap /Other usecmap"),
  ],
  embedded: [
    replacing(DESCRIPTOR, "/FontFile2", "/Unused"),
    inObjects((file) =>
      file.stream(Number(/\/FontFile2 (\d+)/.exec(file.text(file.find(DESCRIPTOR)))?.[1]), () => "no font"),
    ),
  ],
  "codes-of-two-bytes": [showing("(abc)")],
  "glyph-present": [showing("<F000>")],
  "glyph-set": [
    inObjects((file) =>
      file.stream(Number(/\/CIDSet (\d+)/.exec(file.text(file.find(DESCRIPTOR)))?.[1]), () => "\xff\x00"),
    ),
  ],
  "glyph-widths": [replacing(DESCENDANT, /\/W \[[\s\S]*\]/, "/W [0 400 123]")],
  unicode: [inUnicodeMap("<0001> <", "<7001> <"), replacing(ROOT_FONT, "/ToUnicode", "/Unused")],
  "unicode-values": [
    inUnicodeMap(/<0001> <....>/, "<0001> <FEFF>"),
    inUnicodeMap(/<0001> <....>/, "<0001> <00410000>"),
  ],
  "no-private-characters": [inUnicodeMap(/<0001> <....>/, "<0001> <E001>")],
  "no-notdef": [showing("<0000>")],
  "glyph-drawn": [
    inObjects((file) => file.stream(file.findStream(/<....> <0020>/), (map) => map.replace("<0020>", "<0041>"))),
  ],
  "annotation-types": [replacing(WIDGET, "/Subtype /Widget", "/Subtype /Movie")],
  "annotation-flags": [replacing(WIDGET, "/F 132", "/F 2"), replacing(WIDGET, "/F 132", "")],
  appearances: [replacing(WIDGET, "/AP <<", "/AP <</D null "), replacing(WIDGET, /\/AP <<[^>]*>>/, "")],
  "no-widget-actions": [entering(WIDGET, "/AA <<>>")],
  "no-need-appearances": [entering(/\/SigFlags/, "/NeedAppearances true")],
  "no-xfa": [entering(/\/SigFlags/, "/XFA []"), entering(CATALOG, "/NeedsRendering true")],
  actions: [adding("<</S /Launch>>"), adding("<</S /Named /N /Print>>")],
  "no-additional-actions": [entering(CATALOG, "/AA <<>>"), entering(FIRST_PAGE, "/AA <<>>")],
  "no-presentations": [
    entering(FIRST_PAGE, "/PresSteps <<>>"),
    replacing(CATALOG, /\/Names <</, "/Names << /AlternatePresentations <<>>"),
  ],
  "no-requirements": [entering(CATALOG, "/Requirements []")],
  "annotations-tagged": [replacing(WIDGET, /\/StructParent \d+/, ""), replacing(FORM_ELEMENT, "/S /Form", "/S /Div")],
  "annotations-described": [replacing(WIDGET, /\/TU <[^>]*>/, "")],
  "one-widget-per-form-element": [replacing(FORM_ELEMENT, /\/K \[(<<[\s\S]*>>)\]/, "/K [$1 $1]")],
  "tab-order": [inObjects((file) => file.replace(file.find(/\/Type \/Page\b[\s\S]*\/Annots/), "/Tabs /S", ""))],
  marked: [replacing(CATALOG, "/Marked true", "/Marked false")],
  "no-suspects": [replacing(CATALOG, "/Suspects false", "/Suspects true")],
  "structure-root": [replacing(CATALOG, /\/StructTreeRoot \d+ 0 R/, "")],
  "standard-types": [
    replacing(/\/S \/P\b/, "/S /P", "/S /Paragraph"),
    (pdf) =>
      mutated(pdf, (file) => {
        file.replace(file.find(/\/S \/P\b/), "/S /P", "/S /One");
        file.replace(file.find(/\/RoleMap/), "/RoleMap <<", "/RoleMap << /One /Two /Two /One ");
      }),
  ],
  "types-not-remapped": [replacing(/\/RoleMap/, "/RoleMap <<", "/RoleMap << /P /Span ")],
  "content-tagged": [drawing("0 0 m 1 1 l S"), drawing("/Span <</Lang (en)>> BDC 0 0 m 1 1 l S EMC")],
  "no-artifact-in-content": [inContent(/(\/MCID 0\b[\s\S]*?BDC)/, "$1 /Artifact BMC EMC")],
  "no-content-in-artifact": [drawing("/Artifact BMC /P <</MCID 9999>> BDC EMC EMC")],
  "marks-once": [drawing("/P <</MCID 0>> BDC EMC")],
  "marks-in-structure": [drawing("/P <</MCID 9999>> BDC EMC")],
  "structure-in-marks": [replacing(/\/S \/H1\b/, /\/K \[/, "/K [9999 ")],
  "object-parents": [
    replacing(WIDGET, /\/StructParent \d+/, "/StructParent 0"),
    replacing(FORM_ELEMENT, /\/Type \/OBJR/, "/Type /Other"),
  ],
  "element-parents": [replacing(/\/S \/H1\b/, /\/P \d+ 0 R/, "/P 1 0 R")],
  "next-parent-key": [replacing(/\/ParentTreeNextKey/, /\/ParentTreeNextKey \d+/, "/ParentTreeNextKey 1")],
  headings: [replacing(/\/S \/H1\b/, "/S /H1", "/S /H2"), replacing(/\/S \/H2\b/, "/S /H2", "/S /H4")],
  "one-kind-of-heading": [replacing(/\/S \/H2\b/, "/S /H2", "/S /H")],
  "figures-described": [
    replacing(/\/S \/Figure/, /\/Alt <[^>]*>/, ""),
    replacing(/\/S \/Figure/, /\/Alt <[^>]*>/, "/Alt ( )"),
  ],
  "figures-bounded": [replacing(/\/S \/Figure/, /\/BBox \[[^\]]*\]/, "")],
  "notes-identified": [replacing(/\/S \/P\b/, "/S /P", "/S /Note")],
  "document-language": [replacing(CATALOG, /\/Lang \([^)]*\)/, "")],
  languages: [
    replacing(FORM_ELEMENT, /\/Lang <[^>]*>/, "/Lang (zh_CN)"),
    inContent(/\/Lang \([^)]*\)/, "/Lang (english language)"),
    replacing(CATALOG, /\/Lang \([^)]*\)/, "/Lang ()"),
  ],
  "table-parts": [replacing(/\/S \/TBody/, "/S /TBody", "/S /THead"), replacing(/\/S \/THead/, "/S /THead", "/S /P")],
  "table-nesting": [replacing(/\/S \/TD\b/, "/S /TD", "/S /P"), replacing(/\/S \/P\b/, "/S /P", "/S /TD")],
  "table-headers": [
    replacing(/\/S \/TH\b/, "/Scope /Column", "/Scope /Both2"),
    (pdf) =>
      mutated(pdf, (file) => {
        file.replace(file.find(/\/S \/TH\b/), "/Scope /Column", "");
        file.replace(file.find(/\/S \/TD\b/), /\/Headers \[[^\]]*\]/, "");
      }),
  ],
  "header-references": [replacing(/\/S \/TH\b/, /\/ID \([^)]*\)/, "/ID (other)")],
  "table-grid": [
    replacing(/\/ColSpan \d/, /\/ColSpan \d/, "/ColSpan 9"),
    replacing(/\/RowSpan \d/, /\/RowSpan \d/, "/RowSpan 9"),
  ],
  lists: [replacing(/\/S \/P\b/, "/S /P", "/S /LI"), replacing(/\/S \/P\b/, "/S /P", "/S /LBody")],
  "tables-of-contents": [replacing(/\/S \/P\b/, "/S /P", "/S /TOCI")],
  "file-type": [
    replacing(/\/Type \/EmbeddedFile/, /\/Subtype \/application#2Fjson/, ""),
    replacing(/\/Type \/EmbeddedFile/, "application#2Fjson", "json"),
  ],
  "file-names": [
    replacing(FILE_SPECIFICATION, /\/UF \([^)]*\)/, ""),
    replacing(FILE_SPECIFICATION, /\/F \([^)]*\)/, "/F ()"),
  ],
  "file-relationship": [replacing(FILE_SPECIFICATION, "/AFRelationship /Data", "")],
  "file-associated": [replacing(CATALOG, /\/AF \[[^\]]*\]/, "")],
  "file-date": [replacing(/\/Type \/EmbeddedFile/, "/ModDate", "/Unused")],
  "no-script": [adding("<</S /JavaScript /JS (app.alert\\(1\\))>>"), entering(CATALOG, "/OpenAction []")],
  "one-seal-only": [
    inObjects((file) => {
      const link = file.add("<</Type /Annot /Subtype /Link /F 4 /Rect [0 0 1 1]>>");
      file.replace(file.find(FIRST_PAGE), "<<", `<< /Annots [${link} 0 R] `);
    }),
  ],
  "no-optional-content": [entering(CATALOG, "/OCProperties <<>>"), entering(APPEARANCE, "/OC <<>>")],
  "nothing-outside": [adding("<</S /URI /URI (https://example.com)>>"), adding("<</S /GoToR>>"), adding("<</FS (x)>>")],
  "contract-data-only": [
    replacing(FILE_SPECIFICATION, "/UF (contract.json)", "/UF (other.json)"),
    adding("<</Type /EmbeddedFile /Length 0>>\nstream\n\nendstream"),
  ],
};
