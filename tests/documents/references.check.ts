import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { inLanes, openDrawingPool } from "./draw-with-pool.ts";
import { drawVariant } from "./drawn-variant.ts";
import { differencesOf, REFERENCES, readHashes } from "./reference-files.ts";
import { variantDocuments } from "./variants.ts";

const documents = variantDocuments();

test("every page of every variant, in every language, looks as its reference image does, pixel by pixel", async () => {
  const pool = await openDrawingPool(2);
  try {
    const checked = await inLanes(documents, 2, async (document) => {
      const drawn = await drawVariant(document, pool.draw);
      return { images: [...drawn.images.keys()], differences: await differencesOf(drawn) };
    });
    expect(checked.flatMap(({ differences }) => differences)).toEqual([]);
    const kept = readdirSync(REFERENCES).filter((name) => name.endsWith(".png"));
    expect(kept.toSorted()).toEqual(checked.flatMap(({ images }) => images).toSorted());
    console.log(`${documents.length} documents, ${kept.length} pages as their reference images have them`);
  } finally {
    await pool.close();
  }
});

test("the list of unsealed hashes names every variant in every language, and nothing else", () => {
  expect([...readHashes().keys()]).toEqual(documents.map(({ name }) => name));
});
