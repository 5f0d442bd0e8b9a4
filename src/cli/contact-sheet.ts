/** A document on the sheet: its name, what was found, and the files of its page images beside the sheet. */
export interface SheetEntry {
  readonly name: string;
  readonly facts: string;
  readonly faults: readonly string[];
  readonly images: readonly string[];
}

/** One HTML page with all pages side by side; opens from a folder, asks nothing of the network. */
export function contactSheet(entries: readonly SheetEntry[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>样张 · Sample pages</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 24px; background: #e4e6e8; color: #222 }
h1 { font-size: 20px } h2 { font-size: 15px; margin: 28px 0 6px } h2 small { font-weight: 400; color: #555; margin-left: 1em }
div { display: flex; gap: 12px; overflow-x: auto; padding-bottom: 10px }
img { height: 72vh; background: #fff; box-shadow: 0 1px 4px #0004 }
ul { color: #b00020; margin: 4px 0 }
</style>
<h1><span>样张</span> · <span lang="en">Sample pages</span></h1>
${entries.map(section).join("\n")}
</html>
`;
}

function section({ name, facts, faults, images }: SheetEntry): string {
  const list = faults.length === 0 ? "" : `<ul>${faults.map((fault) => `<li>${escaped(fault)}</li>`).join("")}</ul>`;
  const pages = images.map((file, index) => {
    const address = escaped(encodeURIComponent(file));
    return `<a href="${address}"><img src="${address}" alt="${escaped(name)} ${index + 1}" loading="lazy"></a>`;
  });
  return `<h2>${escaped(name)}<small>${escaped(facts)}</small></h2>${list}<div>${pages.join("")}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
