/** What a page of ListObjectsV2 says; the keys are ours and the times are ISO 8601. */
export interface S3Listing {
  readonly entries: readonly { readonly key: string; readonly storedAt: number }[];
  /** Null on the last page. */
  readonly next: string | null;
}

/** Reads the XML of a ListBucketResult (Amazon S3 API Reference, ListObjectsV2). Throws when it is something else. */
export function readListing(xml: string): S3Listing {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error("the bucket's listing is not one");
  const entries = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = ""]) => ({
    key: textOf(entry, "Key") ?? "",
    storedAt: Date.parse(textOf(entry, "LastModified") ?? ""),
  }));
  if (entries.some(({ storedAt }) => Number.isNaN(storedAt))) throw new Error("the bucket's listing has no times");
  if (textOf(xml, "IsTruncated") !== "true") return { entries, next: null };
  const next = textOf(xml, "NextContinuationToken");
  if (!next) throw new Error("the bucket's listing breaks off");
  return { entries, next };
}

/** The code of an S3 error ("NoSuchKey"); empty where the body names none. */
export function errorCodeOf(xml: string): string {
  return textOf(xml, "Code") ?? "";
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function textOf(xml: string, element: string): string | null {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return text?.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole) ?? null;
}
