// node --import tsx tests/store/put-files.ts DIRECTORY TEXT…: puts each text as a file, one after the other, and prints a
// line for each: its hash, or what became of it. For tests that look on from outside (strace).
import { openLocalObjects } from "../../src/store/local-objects.ts";

const [directory = "", ...texts] = process.argv.slice(2);
const objects = openLocalObjects(directory);
for (const text of texts) {
  const outcome = await objects.put(Buffer.from(text)).catch((error: unknown) => String(error));
  console.log(outcome);
}
