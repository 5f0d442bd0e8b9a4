import { fail, type Result, succeed } from "./domain/result.ts";
import type { S3Location } from "./store/s3-bucket.ts";

/** Amazon's rules for general purpose buckets. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** Characters that no server spells in another way (Amazon S3 User Guide, "Object key naming guidelines"). */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const NEEDED = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

/**
 * Reads "s3://bucket/prefix", with everything else from the variables that all programs for S3 read. The fault is one
 * sentence that names what is missing or wrong; secrets are never in it.
 */
export function readS3Location(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): Result<S3Location, string> {
  const [bucket = "", ...rest] = text.slice("s3://".length).split("/");
  const prefix = rest.join("/").replace(/\/+$/, "");
  if (!BUCKET.test(bucket)) {
    return fail(`ORDERSEAL_OBJECTS must name a bucket, for example "s3://contracts", not "${text}".`);
  }
  if (prefix !== "" && (!PREFIX.test(prefix) || prefix.split("/").some((part) => /^\.{0,2}$/.test(part)))) {
    return fail("ORDERSEAL_OBJECTS must have a prefix of letters, digits, dots, hyphens and single slashes.");
  }
  const given: typeof variables = { ...variables, AWS_REGION: variables.AWS_REGION || variables.AWS_DEFAULT_REGION };
  const missing = NEEDED.filter((name) => !given[name]);
  if (missing.length > 0) return fail(`ORDERSEAL_OBJECTS=${text} needs ${missing.join(", ")} as well.`);
  const endpoint = (variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || "").replace(/\/+$/, "") || null;
  if (endpoint !== null && !isEndpoint(endpoint)) {
    return fail(
      `${variables.AWS_ENDPOINT_URL_S3 ? "AWS_ENDPOINT_URL_S3" : "AWS_ENDPOINT_URL"} must be an http or https address without user, password and query.`,
    );
  }
  return succeed({
    bucket,
    prefix: prefix === "" ? "" : `${prefix}/`,
    endpoint,
    region: given.AWS_REGION ?? "",
    accessKeyId: given.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: given.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: variables.AWS_SESSION_TOKEN || null,
  });
}

function isEndpoint(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === "");
}
