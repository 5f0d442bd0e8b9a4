import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";

/** Scripts, styles and the page itself, in bytes as gzip packs them. */
export interface Loaded {
  /** Until the first request of the API went out. */
  readonly beforeFirstRequest: number;
  readonly inAll: number;
}

/** Weighs what a page loads from now on; the answer is read when it has loaded what matters. */
export function weighLoaded(page: Page, url: string): () => Promise<Loaded> {
  const files: { readonly isBefore: boolean; readonly bytes: Promise<number> }[] = [];
  const isOfApi = (address: string): boolean => address.startsWith(`${url}/v1/`);
  let asked = false;
  page.on("request", (request) => {
    asked ||= isOfApi(request.url());
  });
  page.on("response", (response) => {
    if (isOfApi(response.url())) return;
    files.push({ isBefore: !asked, bytes: response.body().then((body) => gzipSync(body).length) });
  });
  return async () => {
    const sizes = await Promise.all(files.map(async ({ isBefore, bytes }) => ({ isBefore, bytes: await bytes })));
    const sum = (some: typeof sizes): number => some.reduce((total, { bytes }) => total + bytes, 0);
    return { beforeFirstRequest: sum(sizes.filter(({ isBefore }) => isBefore)), inAll: sum(sizes) };
  };
}
