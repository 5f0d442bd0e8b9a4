import { beforeAll, describe, expect, test } from "vitest";
import { snapshotFixture } from "./document/contract-snapshot.fixture.ts";
import { openDocumentRenderer } from "./document/document-renderer.ts";
import { SEALED_AT, sealOrThrow, setUpSealBench } from "./document/seal/sealed-sample.fixture.ts";
import { canonicalJson } from "./domain/canonical-json.ts";
import { instantOf } from "./domain/time.ts";
import { sealChecker } from "./seal-checking.ts";
import { strangersEye } from "./strangers-eye.ts";
import { type MutablePdf, mutated } from "./verify/conformance/mutated-pdf.fixture.ts";

const bench = setUpSealBench("p256");
const eye = strangersEye(sealChecker(() => [bench.authority.root.certificateDer]));
const at = instantOf(SEALED_AT.getTime() + 60_000);
const snapshot = snapshotFixture();
const snapshotJson = canonicalJson(snapshot);
let drawn: ReturnType<ReturnType<typeof openDocumentRenderer>["draw"]>;

beforeAll(() => {
  drawn = openDocumentRenderer().draw({ kind: "contract", snapshot });
});

/** Seals the drawn contract after this change, so that the seal itself is sound. */
function seal(change?: (file: MutablePdf) => void): Promise<Buffer> {
  if (drawn.seal === null) throw new Error("a contract has a place for the seal");
  const unsealed = Buffer.from(drawn.pdf);
  return sealOrThrow({ ...bench.input, placement: drawn.seal, pdf: change ? mutated(unsealed, change) : unsealed });
}

test("a sound contract may go out", async () => {
  expect(await eye.findFault(await seal(), { snapshotJson }, at)).toBeNull();
});

describe("a contract is held back, with the clause and the place, although its seal is good", () => {
  test.each<[string, (file: MutablePdf) => void, RegExp]>([
    [
      "a script",
      (file) => file.add("<</S /JavaScript /JS (1)>>"),
      /ISO 19005-3, 6\.5\.1 .*, actions: object \d+: JavaScript/,
    ],
    [
      "a reference outside",
      (file) => file.add("<</S /URI /URI (https://example.com)>>"),
      /nothing-outside: object \d+: URI/,
    ],
    [
      "a second annotation",
      (file) => {
        const link = file.add("<</Type /Annot /Subtype /Link /F 4 /Rect [0 0 9 9] /Contents (x)>>");
        file.replace(file.find(/\/StructParents 0\b/), "<<", `<< /Annots [${link} 0 R] /Tabs /S `);
      },
      /7\.18\.1, .*annotation object \d+, page 1/,
    ],
    [
      "a character that stands for nothing",
      (file) => file.stream(file.find(/\/Type \/CMap/), (map) => map.replace("<0001> <", "<7001> <")),
      /6\.2\.11\.7\.2 .*unicode: font object \d+ .*code 1/,
    ],
    [
      "another embedded file",
      (file) => file.add("<</Type /EmbeddedFile /Length 0>>\nstream\n\nendstream"),
      /contract-data-only/,
    ],
  ])("%s", async (_, change, expected) => {
    expect(await eye.findFault(await seal(change), { snapshotJson }, at)).toMatch(expected);
  });

  test("another snapshot than the one that was frozen", async () => {
    expect(await eye.findFault(await seal(), { snapshotJson: "{}" }, at)).toContain("is not the frozen snapshot");
  });
});
