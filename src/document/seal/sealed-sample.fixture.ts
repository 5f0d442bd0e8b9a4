import { openFont } from "./glyph-outlines.ts";
import { drawSealArt, type SealArt } from "./seal-art.ts";
import type { SealKey } from "./seal-key.ts";
import { sealKeyFromPem } from "./seal-key-file.ts";
import { type SealInput, sealPdf } from "./seal-pdf.ts";
import { createTestAuthority, type TestAuthority, type TestKeyType } from "./test-authority.ts";
import { readSealFont, renderSample } from "./typst-sample.fixture.ts";

export const SELLER = "深圳市示例云计算有限公司";
export const SEALED_AT = new Date("2026-03-02T04:05:06Z");

export interface SealBench {
  readonly authority: TestAuthority;
  readonly key: SealKey;
  readonly input: SealInput;
}

/** A demo authority, a seal key of this type and an input that is ready to be sealed. */
export function setUpSealBench(keyType: TestKeyType): SealBench {
  const authority = createTestAuthority({ keyType, now: new Date("2026-01-01T00:00:00Z") });
  const certificate = authority.issueSealCertificate({ legalName: SELLER, countryCode: "CN" });
  const key = sealKeyFromPem({
    privateKey: certificate.privateKeyPem,
    certificates: certificate.certificatePem + authority.root.certificatePem,
  });
  return { authority, key, input: sealInput(key) };
}

/** Seals and expects no failure. */
export async function sealOrThrow(input: SealInput): Promise<Buffer> {
  const outcome = await sealPdf(input);
  if (!outcome.ok) throw new Error(`Not sealed: ${outcome.failure.reason}, ${outcome.failure.detail}`);
  return Buffer.from(outcome.pdf);
}

let art: SealArt | undefined;
let pdf: Uint8Array | undefined;

/** The sample contract, ready to be sealed with this key. */
export function sealInput(key: SealKey): SealInput {
  art ??= drawSealArt({
    legalName: SELLER,
    code: "4403051234567",
    caption: "DEMO 演示",
    fonts: [openFont(readSealFont())],
  });
  pdf ??= renderSample();
  return {
    pdf,
    key,
    art,
    placement: { pictures: [], page: 2, rect: [120, 600, 120 + art.width, 600 + art.height] },
    fieldName: "SellerSeal",
    accessibleName: `电子印章 Seal of ${SELLER}`,
    accessibleNameLanguage: "zh-CN",
    reason: "合同成立 Contract concluded",
    location: "深圳 Shenzhen",
    sealedAt: SEALED_AT,
  };
}
