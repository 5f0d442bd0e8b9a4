import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { openDocumentRenderer } from "../../src/document/document-renderer.ts";
import { type DrawnVariant, drawVariant } from "./drawn-variant.ts";
import { differencesOf, readHashes } from "./reference-files.ts";
import { countDifferences, readReference, referencePng } from "./reference-image.ts";
import { variantDocument } from "./variants.ts";

/** Two of the documents that `npm run documents` looks at, in every run of the suite. */
const SAMPLE = ["order.both", "checklist-order.en"];

const renderer = openDocumentRenderer();
const drawn = new Map<string, DrawnVariant>();
const sampleOf = async (name: string): Promise<DrawnVariant> => {
  const known = drawn.get(name) ?? (await drawVariant(variantDocument(name), (task) => renderer.draw(task)));
  drawn.set(name, known);
  await setImmediate();
  return known;
};

test.each(SAMPLE)("%s looks as its reference images do (npm run references makes them anew)", async (name) => {
  expect(await differencesOf(await sampleOf(name))).toEqual([]);
});

test.each(SAMPLE)("%s has the unsealed bytes that every machine makes of its snapshot", async (name) => {
  expect((await sampleOf(name)).unsealed).toBe(readHashes().get(name));
});

test("one pixel is a difference, and a page that another one took the place of is many", async () => {
  const [first, last] = [...(await sampleOf("order.both")).images.values()];
  if (!first || !last) throw new Error("two pages");
  const changed = first.tones.slice();
  changed[first.width * 100 + 300] = 3 - (changed[first.width * 100 + 300] ?? 0);
  expect(countDifferences(first, { ...first, tones: changed })).toBe(1);
  expect(countDifferences(first, last)).toBeGreaterThan(10_000);
  expect(countDifferences(first, readReference(referencePng(first)))).toBe(0);
});

test("the seal is on the picture: a contract without it looks different at that place alone", async () => {
  const document = variantDocument("order.both");
  const unsealed = await drawVariant(document, (task) => ({ ...renderer.draw(task), seal: null }));
  const [sealedPage, unsealedPage] = [await sampleOf(document.name), unsealed].map(({ images }) => [
    ...images.values(),
  ]);
  const differing = sealedPage?.map((page, index) => countDifferences(page, unsealedPage?.[index] ?? page));
  expect(differing?.[0]).toBe(0);
  expect(differing?.at(-1)).toBeGreaterThan(1_000);
});
