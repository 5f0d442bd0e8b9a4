import { setTimeout as pause } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import { type FaultPoints, takeStep } from "../application/fault-points.ts";
import { StorageUnavailable } from "../application/object-faults.ts";
import { errorCodeOf } from "./s3-listing.ts";

/** A place in a bucket, and who asks. */
export interface S3Location {
  readonly bucket: string;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
  /** Null: Amazon's own for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

/** Files are below ten megabytes; an answer that takes longer will not come. */
const TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 100;
/** Those that another try may mend (RFC 9110, section 15); 501 says that it never will. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface S3Request {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** The S3 error that says that the key is not there; it is then an answer of 404 and no fault. */
  readonly absent?: "NoSuchKey";
}

/** Sends signed requests; the answers have succeeded. Everything else is a `StorageUnavailable` that says what was. */
export class S3Bucket {
  /** For messages: "s3://contracts/eu". */
  readonly name: string;
  readonly prefix: string;
  readonly #address: string;
  readonly #client: AwsClient;
  readonly #faults: FaultPoints;

  constructor(location: S3Location, faults: FaultPoints) {
    const { bucket, prefix, region, accessKeyId, secretAccessKey, sessionToken } = location;
    this.name = `s3://${bucket}/${prefix}`.replace(/\/$/, "");
    this.prefix = prefix;
    this.#address = addressOf(location);
    // We try again ourselves: its own tries have no end in time.
    this.#client = new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === null ? {} : { sessionToken }),
      service: "s3",
      region,
      retries: 0,
    });
    this.#faults = faults;
  }

  /** Several tries are one fault point; the key goes behind the prefix, an empty one is the bucket. */
  async send(step: string, method: string, key: string, request: S3Request = {}): Promise<S3Answer> {
    const address = new URL(key === "" ? this.#address : `${this.#address}/${this.prefix}${key}`);
    for (const [name, value] of Object.entries(request.query ?? {})) address.searchParams.set(name, value);
    try {
      return await takeStep(this.#faults, step, () => this.#tryUntilAnswered(method, address, request));
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
      throw this.#fault({ said: textOf(error), mayPass: false, cause: error });
    }
  }

  async #tryUntilAnswered(method: string, address: URL, request: S3Request): Promise<S3Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try(method, address, request).catch(
        (error: unknown): Failure => ({ said: textOf(error), mayPass: true, cause: error }),
      );
      if ("status" in outcome) return outcome;
      if (attempt === ATTEMPTS || !outcome.mayPass) throw this.#fault(outcome);
      // Half of it at random, so that nodes that failed together do not come back together.
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }

  async #try(method: string, address: URL, request: S3Request): Promise<S3Answer | Failure> {
    const response = await this.#client.fetch(address, {
      method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: Buffer.from(request.body) }),
      // Elsewhere the signature would not hold, and a body must not go where nobody has configured it.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status, headers } = response;
    const body = new Uint8Array(await response.arrayBuffer());
    if (response.ok) return { status, headers, body };
    const code = errorCodeOf(Buffer.from(body).toString("utf8"));
    // A bucket that is not there is no file that is not there.
    if (status === 404 && code !== "" && code === request.absent) return { status, headers, body };
    const said = `it answered ${status}${code === "" ? "" : ` ${code}`}`;
    return { said, mayPass: PASSING.has(status), cause: null };
  }

  #fault({ said, cause }: Failure): StorageUnavailable {
    return new StorageUnavailable(`${this.name} cannot be used: ${said}`, cause === null ? {} : { cause });
  }
}

/**
 * Servers of one's own seldom have a host name for each bucket, so that the bucket goes into the path; unless the
 * endpoint begins with its name, as some stores demand (Alibaba Cloud OSS). Amazon wants host names, except for buckets
 * with a dot, which its certificates do not cover.
 */
function addressOf({ bucket, endpoint, region }: S3Location): string {
  if (endpoint !== null)
    return new URL(endpoint).hostname.startsWith(`${bucket}.`) ? endpoint : `${endpoint}/${bucket}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  return bucket.includes(".") ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

interface Failure {
  readonly said: string;
  readonly mayPass: boolean;
  readonly cause: unknown;
}

/** "fetch failed" alone helps nobody; what lies behind it does. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
