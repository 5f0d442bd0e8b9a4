/** A PDF of these objects, numbered from 1, the first being the catalog; bodies are latin-1 PDF syntax. */
export function handMadePdf(objects: readonly string[], trailerEntries = ""): Buffer {
  let text = "%PDF-1.7\n";
  const offsets = objects.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const crossReferences = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailerEntries}>>`;
  return Buffer.from(`${text}${crossReferences}${trailer}\nstartxref\n${text.length}\n%%EOF\n`, "latin1");
}

/** A tagged document of one page; every part can be replaced by its object number's body. */
export function handMadeTaggedPdf(replaced: Readonly<Record<number, string>> = {}): Buffer {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 4 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
    "<</Type/StructTreeRoot/K[5 0 R]/ParentTree 6 0 R/ParentTreeNextKey 2>>",
    "<</Type/StructElem/S/Document/P 4 0 R/K 7 0 R>>",
    "<</Kids[8 0 R]>>",
    "<</Type/StructElem/S/P/P 5 0 R>>",
    "<</Limits[0 1]/Nums[0 7 0 R 1 7 0 R]>>",
  ];
  return handMadePdf(objects.map((body, index) => replaced[index + 1] ?? body));
}
