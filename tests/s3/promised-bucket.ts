import { AwsClient } from "aws4fetch";
import { test } from "vitest";
import { readS3Location } from "../../src/s3-location.ts";
import type { S3Location } from "../../src/store/s3-bucket.ts";

/**
 * The bucket that ORDERSEAL_TEST_S3 names ("s3://bucket/prefix"), on the server of the AWS_* variables; null where nobody
 * has promised one. `npm run test:s3` does.
 */
function promisedBucket(): S3Location | null {
  const text = process.env.ORDERSEAL_TEST_S3;
  if (text === undefined) return null;
  const location = readS3Location(text, process.env);
  if (!location.ok) throw new Error(location.fault);
  return location.value;
}

/** Runs the tests where a bucket is promised; elsewhere one that is skipped says what would run them. */
export function withBucket(describeTests: (location: S3Location) => void): void {
  const location = promisedBucket();
  if (location) describeTests(location);
  else test.skip("a real S3 server (skipped: npm run test:s3 starts one and runs these tests)", () => undefined);
}

/** A stranger's hand in the bucket: no code of the product, but the same signatures. */
export function strangerIn(location: S3Location) {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = location;
  const client = new AwsClient({ accessKeyId, secretAccessKey, service: "s3", region, retries: 0 });
  const send = async (method: string, path: string, body?: Uint8Array): Promise<Response> => {
    const request = { method, ...(body === undefined ? {} : { body: Buffer.from(body) }) };
    const response = await client.fetch(`${endpoint}/${bucket}${path}`, request);
    if (!response.ok && response.status !== 404) throw new Error(`${method} ${path}: ${response.status}`);
    return response;
  };
  return {
    makeBucket: () => send("PUT", ""),
    overwrite: async (key: string, bytes: Uint8Array) => void (await send("PUT", `/${key}`, bytes)),
    remove: async (key: string) => void (await send("DELETE", `/${key}`)),
    keys: async (prefix: string): Promise<readonly string[]> => {
      const listing = await (await send("GET", `?list-type=2&prefix=${encodeURIComponent(prefix)}`)).text();
      return [...listing.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
    },
    /** Asks without any signature. */
    withoutSignature: (key: string) => fetch(`${endpoint}/${bucket}/${key}`),
  };
}
