/** The look of the Typst template in CSS; `fonts` are the addresses of its four files, as fonts.ts lists them, or none where they are installed. */
export function contractStyle(fonts: readonly string[]): string {
  if (fonts.length === 0) return STYLE;
  const [latin = "", latinBold = "", chinese = "", chineseBold = ""] = fonts;
  return `${face("Noto Sans", 400, latin)}${face("Noto Sans", 600, latinBold)}${face("Noto Sans SC", 400, chinese)}${face("Noto Sans SC", 600, chineseBold)}${STYLE}`;
}

function face(family: string, weight: number, url: string): string {
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url("${url}") format("truetype")}`;
}

const STYLE = `
@page{size:A4;margin:25mm 20mm 20mm}
*{box-sizing:border-box;margin:0}
body{font:400 8.8pt/1.25 "Noto Sans","Noto Sans SC",sans-serif;color:#141414;-webkit-print-color-adjust:exact}
i{font-style:normal;font-size:.86em;color:#5c5c5c;font-weight:400}
b,h1,h2,h3{font-weight:600}
a{color:#1d4e79;font-size:8pt;text-decoration:none}
p{margin:0 0 .6mm}
.en{font-size:7.7pt;line-height:1.22;color:#5c5c5c}
h1{font-size:20pt;line-height:1.3;margin-bottom:4mm}
h1 small{display:block;font-size:11pt;font-weight:400;color:#5c5c5c}
h2{font-size:11pt;color:#1d4e79;margin:4.5mm 0 2mm;break-after:avoid}
h2 span{float:right;font-size:7.5pt;font-weight:400;color:#5c5c5c;line-height:16pt}
.watermark{position:fixed;top:45%;left:0;right:0;text-align:center;transform:rotate(-52deg);font-size:82pt;font-weight:600;color:#f4f4f4;z-index:-1}
.tint{background:#eef3f8;padding:2.5mm 4mm;margin-bottom:3mm}
.grid{display:grid;gap:2.5mm 4mm}
.four{grid-template-columns:1.25fr 1fr 1.1fr 1.1fr}
.two{grid-template-columns:1fr 1fr;gap:6mm}
.fact p:first-child{font-size:7.2pt;color:#5c5c5c;margin:0}
.party{border-top:.9pt solid #1d4e79;padding-top:2.5mm;display:grid;gap:1mm;align-content:start}
.role{font-size:7.6pt;color:#1d4e79;font-weight:600}
.name{font-size:10.5pt;font-weight:600;line-height:1.35}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th{line-height:1.2;font-size:8pt;color:#1d4e79;text-align:left;border-top:.9pt solid #1d4e79;border-bottom:.9pt solid #1d4e79;padding:1.2mm 1.5mm}
th i{display:block;font-size:6.8pt;color:#1d4e79}
td{border-bottom:.5pt solid #cdcdcd;padding:1.2mm 1.5mm;vertical-align:top;line-height:1.25}
td small{font-size:7.2pt;color:#5c5c5c}
tr{break-inside:avoid}
.n{text-align:right;white-space:nowrap}
.t{font-size:7.2pt;white-space:nowrap}
.sums{display:grid;grid-template-columns:1fr 75mm;gap:6mm;font-size:8.2pt;break-inside:avoid;padding-top:2mm}
.sums td{border:0;padding:.6mm 1.5mm}
.clause{break-inside:avoid;margin-top:1.8mm}
.clause h3{font-size:8.8pt;display:grid;grid-template-columns:79mm 1fr;margin-bottom:.8mm}
.parallel{display:grid;grid-template-columns:73mm 91mm;gap:6mm}
.clause p:first-child{text-align:justify}
.signatures{break-inside:avoid;margin-top:4mm}
.seal{height:18mm}
.verify{display:grid;grid-template-columns:24mm 1fr;gap:6mm;align-items:center;border-top:.5pt solid #cdcdcd;margin-top:3mm;padding-top:3mm}
.verify svg{width:24mm;height:24mm}`;
