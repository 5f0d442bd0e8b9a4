// Prints the SHA-256 of each unsealed variant document, as references/unsealed.sha256 has them; with --reverse the last
// is drawn first. A program of its own, so that the environment can be changed around it.
import { openDocumentRenderer } from "../../src/document/document-renderer.ts";
import { sha256 } from "./drawn-variant.ts";
import { hashLines } from "./reference-files.ts";
import { variantDocuments } from "./variants.ts";

const renderer = openDocumentRenderer();
const documents = process.argv.includes("--reverse") ? variantDocuments().toReversed() : variantDocuments();
for (const { name, task } of documents) {
  process.stdout.write(hashLines(new Map([[name, sha256(renderer.draw(task).pdf)]])));
  // The renderer gives memory back at a turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
}
