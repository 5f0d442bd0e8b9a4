/** A PDF of these objects, numbered from 1, with one classic table. */
export function classicPdf(objects: readonly string[], trailer = "/Root 1 0 R"): Buffer {
  const parts = ["%PDF-1.7\n"];
  let length = 9;
  let table = "";
  objects.forEach((text, index) => {
    const part = `${index + 1} 0 obj\n${text}\nendobj\n`;
    parts.push(part);
    table += `${String(length).padStart(10, "0")} 00000 n \n`;
    length += part.length;
  });
  const end = `trailer\n<</Size ${objects.length + 1}${trailer}>>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.from(`${parts.join("")}xref\n1 ${objects.length}\n${table}${end}`, "latin1");
}

/** 7.4 MB that keep every limit of the verifier and take it over a second: nothing but brackets, eight deep. */
export function bracketBomb(): Buffer {
  const nested = `[${"[[[[[[[[]]]]]]]]".repeat(23_000)}]`;
  return classicPdf(["<</Type/Catalog>>", ...Array.from({ length: 21 }, () => nested)]);
}
