import { createHash, randomBytes } from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { MessageImprint, PKIStatus, TimeStampReq, TimeStampReqVersion, TimeStampResp } from "@peculiar/asn1-tsp";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import {
  checkTimestampToken,
  ID_SHA256,
  type TimestampExpectation,
  type TimestampFailure,
  type TimestampOutcome,
  type TimestampRequest,
  timestampFailure,
} from "./timestamp-token.ts";

/** Asks a timestamp authority; the port that sealing depends on. */
export interface TimestampClient {
  /** A checked RFC 3161 token, DER, over the SHA-256 digest of these bytes. Never throws for what a server does. */
  timestamp(bytes: Uint8Array): Promise<TimestampOutcome>;
}

export interface TimestampClientOptions {
  readonly url: string;
  /** For the whole exchange, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Our clock: what the authority states must be near it. */
  readonly now: () => Date;
  /** DER certificates; when given, the token's signer must be one of them or lead to one of them. */
  readonly trustedCertificates?: readonly Uint8Array[];
}

/**
 * A client of a timestamp authority over HTTP (RFC 3161, 3.4). A token is handed out only when it was granted and
 * answers our digest and our nonce, its signature verifies, its signer is a timestamp certificate that was valid at the
 * stated time, and that time is near our clock.
 */
export function createTimestampClient(options: TimestampClientOptions): TimestampClient {
  return {
    async timestamp(bytes) {
      const request = { imprint: createHash("sha256").update(bytes).digest(), nonce: freshNonce() };
      const askedAt = options.now();
      const response = await exchange(options, encodeRequest(request));
      if (!response.ok) return response;
      const { trustedCertificates } = options;
      const expectation = { askedAt, answeredAt: options.now(), ...(trustedCertificates && { trustedCertificates }) };
      return checkResponse(response.body, request, expectation);
    },
  };
}

// Four times the room that a seal has for a token; whoever sends more is not sending one.
const MAX_RESPONSE_BYTES = 65_536;

/** 16 bytes that are one positive DER INTEGER without leading zeros, so that both sides spell it alike. */
function freshNonce(): Uint8Array {
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

function encodeRequest({ imprint, nonce }: TimestampRequest): Uint8Array {
  const request = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: ID_SHA256 }),
      hashedMessage: new OctetString(imprint),
    }),
    nonce: Uint8Array.from(nonce).buffer,
    certReq: true,
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

async function exchange(
  { url, timeoutMs }: TimestampClientOptions,
  body: Uint8Array,
): Promise<{ readonly ok: true; readonly body: Uint8Array } | TimestampFailure> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      if (response.status >= 300 && response.status < 400) {
        return timestampFailure("redirected", `HTTP ${response.status}; name the address that answers`);
      }
      return timestampFailure("rejected", `HTTP ${response.status}`);
    }
    return await readAtMost(response, MAX_RESPONSE_BYTES);
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") {
      return timestampFailure("timeout", `no complete answer within ${timeoutMs} ms`);
    }
    return timestampFailure("unreachable", describeError(error));
  }
}

async function readAtMost(
  response: Response,
  limitBytes: number,
): Promise<{ readonly ok: true; readonly body: Uint8Array } | TimestampFailure> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > limitBytes) return timestampFailure("malformed", `more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return { ok: true, body: Buffer.concat(chunks) };
}

/** fetch hides the reason ("connect ECONNREFUSED …") in the cause. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function checkResponse(
  body: Uint8Array,
  request: TimestampRequest,
  expectation: TimestampExpectation,
): TimestampOutcome {
  let response: TimeStampResp;
  try {
    response = AsnConvert.parse(body, TimeStampResp);
  } catch (error) {
    return timestampFailure("malformed", describeError(error));
  }
  const { status, statusString } = response.status;
  if (status !== PKIStatus.granted && status !== PKIStatus.grantedWithMods) {
    return timestampFailure("rejected", `status ${status} ${[...(statusString ?? [])].join(" ")}`.trim());
  }
  if (response.timeStampToken === undefined) return timestampFailure("malformed", "granted, but no token");
  try {
    // The content below the outer two headers is kept byte for byte, so the signature in it still fits.
    const token = new Uint8Array(AsnConvert.serialize(response.timeStampToken));
    return checkTimestampToken(token, request, expectation);
  } catch (error) {
    // What lies deeper, such as a certificate's extensions, is read only when it is needed, and the parsers throw.
    return timestampFailure("malformed", describeError(error));
  }
}
