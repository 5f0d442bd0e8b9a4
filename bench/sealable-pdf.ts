/**
 * Chromium numbers the structure parents of its links from 100000 on and still writes a /ParentTreeNextKey below them, and
 * its catalog has no XMP packet; our sealer refuses both, since it adds to them. One incremental update (ISO 32000-2,
 * 7.5.6) puts the key right and adds an empty packet; well under a millisecond, and without it there would be nothing
 * to compare.
 */
export function sealablePdf(pdf: Buffer): Buffer {
  const text = pdf.toString("latin1");
  const [, entries = "", previous = ""] = lastMatch(text, /trailer\n<<([\s\S]*?)>>\nstartxref\n(\d+)/g);
  const [, number = "", dictionary = ""] = lastMatch(
    text,
    /(\d+) 0 obj\n(<<\/Type \/StructTreeRoot[\s\S]*?>>)\nendobj/g,
  );
  const [, catalogNumber = "", catalog = ""] = lastMatch(text, /(\d+) 0 obj\n<<\/Type \/Catalog([\s\S]*?>>)\nendobj/g);
  const [, size = ""] = lastMatch(entries, /\/Size (\d+)/g);
  const highest = Math.max(...[...text.matchAll(/\b(1\d{5}) \d+ 0 R/g)].map(([, key]) => Number(key)), 99_999);
  const objects: readonly (readonly [string, string])[] = [
    [number, dictionary.replace(/\/ParentTreeNextKey \d+/, `/ParentTreeNextKey ${highest + 1}`)],
    [catalogNumber, `<</Type /Catalog /Metadata ${size} 0 R${catalog}`],
    [size, `<</Type /Metadata /Subtype /XML /Length ${PACKET.length}>>\nstream\n${PACKET}\nendstream`],
  ];
  let written = "\n";
  let table = "xref\n";
  for (const [object, body] of objects) {
    table += `${object} 1\n${String(pdf.length + written.length).padStart(10, "0")} 00000 n \n`;
    written += `${object} 0 obj\n${body}\nendobj\n`;
  }
  const trailer = entries.trimEnd().replace(/\/Size \d+/, `/Size ${Number(size) + 1}`);
  const end = `trailer\n<<${trailer}\n/Prev ${previous}>>\nstartxref\n${pdf.length + written.length}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(written + table + end, "latin1")]);
}

/** As much of a packet as the sealer looks for. */
const PACKET =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaExtension:schemas><rdf:Bag></rdf:Bag></pdfaExtension:schemas><pdfaid:part>3</pdfaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>';

function lastMatch(text: string, pattern: RegExp): RegExpMatchArray {
  const found = [...text.matchAll(pattern)].at(-1);
  if (!found) throw new Error(`Chromium's PDF has no ${pattern.source.slice(0, 40)}`);
  return found;
}
