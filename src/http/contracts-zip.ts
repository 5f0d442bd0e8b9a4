import { Zip, ZipPassThrough } from "fflate";
import { downloadContract } from "../application/download-contract.ts";
import type { IssuedContract } from "../domain/contract.ts";
import type { HttpDependencies } from "./dependencies.ts";

/**
 * A zip of sealed files, one at a time in memory. They are stored as they are: what is in a PDF is packed already, and
 * whoever unpacks the zip has the very bytes that were issued.
 */
export async function* zipOfContracts(
  dependencies: HttpDependencies,
  contracts: readonly IssuedContract[],
): AsyncIterable<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const contract of contracts) {
    const file = new ZipPassThrough(`${contract.number}.pdf`);
    file.mtime = new Date(contract.issuedAt);
    zip.add(file);
    file.push(await downloadContract(dependencies, contract), true);
    yield* ready;
    ready = [];
  }
  zip.end();
  yield* ready;
}
