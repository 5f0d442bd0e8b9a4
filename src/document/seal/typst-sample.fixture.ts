import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

const require = createRequire(import.meta.url);
const latinFonts = dirname(require.resolve("@expo-google-fonts/noto-sans/package.json"));
const chineseFonts = dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));

/** The bold Chinese font that the seal's letters are cut from. */
export function readSealFont(): Uint8Array {
  return readFileSync(join(chineseFonts, "700Bold", "NotoSansSC_700Bold.ttf"));
}

const SOURCE = `
#set document(title: "采购合同 Purchase Contract", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: ("Noto Sans", "Noto Sans SC"), lang: "zh", fallback: false)
#set page(paper: "a4")
#pdf.attach("contract.json", bytes("{}"), relationship: "data", mime-type: "application/json", description: "Data")
= 采购合同 Purchase Contract
#table(columns: 2, table.header([卖方 Seller], [买方 Buyer]), [深圳市示例云计算有限公司], [Example Ltd.])
#link("https://example.com/verify")[example.com/verify]
#pagebreak()
== 盖章 Seal
卖方（盖章）Seller (seal)
`;

/** A tagged PDF/A-3a of two pages, as our renderer's Typst writes it: a link on page 1, no annotation on page 2. */
export function renderSample(source: string = SOURCE): Uint8Array {
  const directories = [latinFonts, chineseFonts].flatMap((fonts) => [
    join(fonts, "400Regular"),
    join(fonts, "700Bold"),
  ]);
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: directories }] });
  const compiled = compiler.compile({ mainFileContent: source });
  const document = compiled.result;
  if (document === null) throw new Error(`Typst: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
  return compiler.pdf(document, { pdfStandard: "a-3a", creationTimestamp: 1_767_225_600 });
}
