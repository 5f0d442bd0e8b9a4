import qrcode from "qrcode-generator";

/**
 * A QR code (ISO/IEC 18004, level M) as an SVG of one path, one unit a module, without the quiet zone:
 * whoever places it keeps four modules of white around it. Throws where the text is too long for a QR code.
 */
export function qrCodeSvg(text: string): string {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const size = code.getModuleCount();
  const rows = Array.from({ length: size }, (_, row) => rowPath(row, size, (column) => code.isDark(row, column)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${rows.join("")}"/></svg>`;
}

/** Neighbouring dark modules become one bar, so that no hairline shows between them. */
function rowPath(row: number, size: number, isDark: (column: number) => boolean): string {
  let path = "";
  for (let column = 0; column < size; column += 1) {
    if (!isDark(column)) continue;
    const start = column;
    while (column < size && isDark(column)) column += 1;
    path += `M${start} ${row}h${column - start}v1h-${column - start}z`;
  }
  return path;
}
