/** Long after any browser has begun to read the file. */
const FORGET_AFTER_MS = 60_000;

/** Saves what a script fetched as if a link to it had been clicked. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), FORGET_AFTER_MS);
}
