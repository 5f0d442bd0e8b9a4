import { createHash } from "node:crypto";
import { type FaultPoints, NO_FAULTS } from "../application/fault-points.ts";
import { ObjectDamaged, StorageUnavailable } from "../application/object-faults.ts";
import type { KeptObject, ObjectKeeping } from "../application/object-keeping.ts";
import type { Objects } from "../application/ports.ts";
import { parseSha256, type Sha256 } from "../domain/identifiers.ts";
import { hashOfObject } from "./object-hash.ts";
import { S3Bucket, type S3Location } from "./s3-bucket.ts";
import { readListing } from "./s3-listing.ts";

/** Where files stand in the bucket, behind the prefix. */
const IN_PLACE = "objects/";
const ASIDE = "aside/";

export interface S3ObjectsOptions {
  readonly faults?: FaultPoints;
  /** Keys to a page of a listing; S3 gives a thousand at most. */
  readonly pageSize?: number;
}

/**
 * Files in an S3 bucket, named by their SHA-256. Every put writes, whether or not the name is taken: it costs no more than
 * to ask, mends what was altered, and needs no conditional request, which not every server knows.
 */
export function openS3Objects(
  location: S3Location,
  { faults = NO_FAULTS, pageSize = 1000 }: S3ObjectsOptions = {},
): Objects & ObjectKeeping {
  const bucket = new S3Bucket(location, faults);
  return {
    put: (bytes) => put(bucket, IN_PLACE, bytes),
    get: (hash) => get(bucket, hash),
    list: () => list(bucket, IN_PLACE, pageSize),
    listAside: () => list(bucket, ASIDE, pageSize),
    setAside: (hash) => setAside(bucket, hash),
    restore: (hash) => restore(bucket, hash),
    discard: (hash) => remove(bucket, ASIDE + hash),
    // A put is one request, of which the server keeps all or nothing.
    clearRemains: async () => 0,
  };
}

/**
 * The request is signed over the SHA-256 of the body, so that the server itself refuses what was altered on the way. What
 * it says it has kept is compared as well; where its ETag is no MD5 (encrypted buckets), the file is read back.
 */
async function put(bucket: S3Bucket, folder: string, bytes: Uint8Array): Promise<Sha256> {
  const hash = hashOfObject(bytes);
  const digest = createHash("md5").update(bytes).digest();
  const { headers } = await bucket.send("object put", "PUT", folder + hash, {
    body: bytes,
    headers: {
      "content-type": "application/pdf",
      "content-md5": digest.toString("base64"),
      "x-amz-content-sha256": hash,
    },
  });
  if (headers.get("etag")?.replaceAll('"', "") === digest.toString("hex")) return hash;
  const kept = await read(bucket, folder + hash);
  if (!isSound(hash, kept)) {
    throw new StorageUnavailable(`${bucket.name} said that it has kept ${folder}${hash}, and gives something else`);
  }
  return hash;
}

/** While it is set aside or restored it stands in one of both places at any time, so that the third look finds it. */
async function get(bucket: S3Bucket, hash: Sha256): Promise<Uint8Array | null> {
  for (const key of [IN_PLACE + hash, ASIDE + hash, IN_PLACE + hash]) {
    const bytes = await read(bucket, key);
    if (bytes === null) continue;
    if (hashOfObject(bytes) !== hash) throw new ObjectDamaged(hash, "altered", `${key} in ${bucket.name}`);
    return bytes;
  }
  return null;
}

async function read(bucket: S3Bucket, key: string): Promise<Uint8Array | null> {
  const answer = await bucket.send("object get", "GET", key, { absent: "NoSuchKey" });
  return answer.status === 404 ? null : answer.body;
}

async function* list(bucket: S3Bucket, folder: string, pageSize: number): AsyncIterable<KeptObject> {
  for (let token: string | null = null; ; ) {
    const answer = await bucket.send("object list", "GET", "", {
      query: {
        "list-type": "2",
        "max-keys": String(pageSize),
        prefix: bucket.prefix + folder,
        ...(token === null ? {} : { "continuation-token": token }),
      },
    });
    const { entries, next } = readListing(Buffer.from(answer.body).toString("utf8"));
    // By the server's clock: it also says when a file was stored.
    const now = Date.parse(answer.headers.get("date") ?? "") || Date.now();
    for (const { key, storedAt } of entries) {
      const hash = parseSha256(key.slice(bucket.prefix.length + folder.length));
      if (hash) yield { hash, ageMs: now - storedAt };
    }
    if (next === null) return;
    token = next;
  }
}

/** Copied, then removed: whoever reads meanwhile finds one of both. What was altered is left where it is, as evidence. */
async function setAside(bucket: S3Bucket, hash: Sha256): Promise<void> {
  const bytes = await read(bucket, IN_PLACE + hash);
  if (bytes === null || !isSound(hash, bytes)) return;
  await put(bucket, ASIDE, bytes);
  await remove(bucket, IN_PLACE + hash);
}

async function restore(bucket: S3Bucket, hash: Sha256): Promise<void> {
  if (!isSound(hash, await read(bucket, IN_PLACE + hash))) {
    const bytes = await read(bucket, ASIDE + hash);
    if (bytes === null || !isSound(hash, bytes)) return;
    await put(bucket, IN_PLACE, bytes);
  }
  await remove(bucket, ASIDE + hash);
}

function isSound(hash: Sha256, bytes: Uint8Array | null): boolean {
  return bytes !== null && hashOfObject(bytes) === hash;
}

async function remove(bucket: S3Bucket, key: string): Promise<void> {
  await bucket.send("object delete", "DELETE", key, { absent: "NoSuchKey" });
}
