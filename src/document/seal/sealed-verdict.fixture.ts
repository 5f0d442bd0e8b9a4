import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunJudge } from "../../../tests/judges.ts";
import { SEALED_AT } from "./sealed-sample.fixture.ts";
import { extractSignature } from "./signature-extraction.fixture.ts";

/** What pdfsig and openssl say of a sealed PDF, with this root as the only trusted certificate. */
export function verdictsOf(
  sealed: Buffer,
  rootPem: string,
  { pdfsig, openssl }: { readonly pdfsig: RunJudge; readonly openssl: RunJudge },
): { readonly pdfsig: string; readonly openssl: { readonly exitCode: number; readonly output: string } } {
  const directory = mkdtempSync(join(tmpdir(), "orderseal-verdict-"));
  const keep = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(directory, name), bytes);
    return join(directory, name);
  };
  try {
    const { cms, content } = extractSignature(sealed);
    const files = ["-in", keep("cms.der", cms), "-content", keep("content", content), "-CAfile", keep("root", rootPem)];
    const at = ["-attime", String(SEALED_AT.getTime() / 1000), "-purpose", "any", "-out", "/dev/null"];
    return {
      pdfsig: pdfsig("-nocert", keep("sealed.pdf", sealed)).output,
      openssl: openssl("cms", "-verify", "-cades", "-binary", "-inform", "DER", ...files, ...at),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
