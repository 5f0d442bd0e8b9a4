import type { Page, PageRequest } from "../application/ports.ts";

const READ_AT_ONCE = 200;

/** Everything that is listed in pages, one after the other. */
export async function* everyItem<Item>(read: (page: PageRequest) => Promise<Page<Item>>): AsyncIterable<Item> {
  for (let cursor: string | null = null; ; ) {
    const page: Page<Item> = await read({ limit: READ_AT_ONCE, cursor });
    yield* page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}
