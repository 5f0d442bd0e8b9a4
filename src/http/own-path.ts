const LONGEST = 1_000;
const SOMEWHERE = "http://console.invalid";
/** What the console's pages are not: a sign-in that leads to the next sign-in, and what only programs read. */
const NO_PAGES = /^\/(?:auth|v1|portal|sign-in)(?:\/|$)/;

/**
 * The page of ours that a text names, as a browser would go to it; null when it leads anywhere else. Judged after it was
 * resolved: "/.//elsewhere", "/\elsewhere" and "/\t/elsewhere" look like paths and are not.
 */
export function ownPath(text: string): string | null {
  if (text.length > LONGEST || !text.startsWith("/") || !URL.canParse(text, SOMEWHERE)) return null;
  const { origin, pathname, search, hash } = new URL(text, SOMEWHERE);
  if (origin !== SOMEWHERE || /^\/[/\\]/.test(pathname) || NO_PAGES.test(pathname)) return null;
  return `${pathname}${search}${hash}`;
}
