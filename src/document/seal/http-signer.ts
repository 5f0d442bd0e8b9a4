import type { DigestSigner } from "./remote-seal-key.ts";
import type { SealAlgorithm } from "./seal-key.ts";
import { keyFault } from "./seal-key-fault.ts";

export interface HttpSignerOptions {
  /** https, or http to this machine. */
  readonly url: string;
  readonly keyReference: string;
  readonly algorithm: SealAlgorithm;
  /** For the whole exchange, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** Sent as "Authorization: Bearer …". */
  readonly token: string | null;
}

// Base64 of the longest signature (RSA-8192) is 1,368 characters; whoever sends more is not sending one.
const MAX_ANSWER_BYTES = 16_384;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * A signer behind HTTP: POST {algorithm, digest, keyReference} → {signature}, digest and signature in base64. It sees
 * SHA-256 digests and never a document. Throws a SealKeyFault that names the signer and the way out; what it answers is
 * not checked here but by remoteSealKey.
 */
export function httpSigner(options: HttpSignerOptions): DigestSigner {
  // Without its query, where cloud functions have their key: what is named here goes to logs and terminals.
  const { origin, pathname } = new URL(options.url);
  const address = `${origin}${pathname}`;
  const name = { "zh-CN": `签名服务 ${address} `, en: `the signer at ${address}` };
  return {
    name,
    async signDigest(digest) {
      const { algorithm, keyReference } = options;
      const body = JSON.stringify({ algorithm, digest: Buffer.from(digest).toString("base64"), keyReference });
      return signatureOf(await exchange(options, address, body), address);
    },
  };
}

async function exchange(
  { url, token, timeoutMs, keyReference }: HttpSignerOptions,
  address: string,
  body: string,
): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
      // A redirect would carry digests and the token to where nobody has sent them.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) await response.body?.cancel();
    else return await readAtMost(response, address);
  } catch (error) {
    throw networkFault(error, address, timeoutMs);
  }
  throw statusFault(response.status, address, keyReference);
}

async function readAtMost(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > MAX_ANSWER_BYTES) throw noSignature(url, `more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function signatureOf(answer: string, url: string): Uint8Array {
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer);
  } catch {
    throw noSignature(url, "no JSON");
  }
  const signature = parsed !== null && typeof parsed === "object" && "signature" in parsed ? parsed.signature : null;
  if (typeof signature !== "string" || signature === "" || !BASE64.test(signature))
    throw noSignature(url, "no signature in base64");
  return Buffer.from(signature, "base64");
}

function noSignature(url: string, found: string): Error {
  return keyFault(
    `签名服务 ${url} 的应答不符合约定（${found}）；应返回 {"signature": "<base64>"}。`,
    `The signer at ${url} answered with ${found}; it must answer {"signature": "<base64>"}.`,
  );
}

function statusFault(status: number, url: string, keyReference: string): Error {
  if (status === 401 || status === 403) {
    return keyFault(
      `签名服务 ${url} 拒绝访问（HTTP ${status}）；请检查 tokenFile 中的令牌及其对密钥 ${keyReference} 的权限。`,
      `The signer at ${url} refused us (HTTP ${status}); check the token in tokenFile and its right to use ${keyReference}.`,
    );
  }
  return keyFault(
    `签名服务 ${url} 返回 HTTP ${status}；请检查该服务的日志以及密钥 ${keyReference} 是否存在。`,
    `The signer at ${url} answered HTTP ${status}; look into its log, and whether it knows the key ${keyReference}.`,
  );
}

function networkFault(error: unknown, url: string, timeoutMs: number): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "TimeoutError") {
    return keyFault(
      `签名服务 ${url} 未在 ${timeoutMs} 毫秒内完成应答；请检查该服务，或调大 timeoutMs。`,
      `The signer at ${url} gave no complete answer within ${timeoutMs} ms; look after it, or raise timeoutMs.`,
    );
  }
  if (error.name !== "TypeError") return error;
  // fetch hides the reason ("connect ECONNREFUSED …", "unexpected redirect") in the cause.
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  return keyFault(
    `无法连接签名服务 ${url}（${reason}）；请检查地址与网络，地址不得重定向。`,
    `The signer at ${url} cannot be reached (${reason}); check the address and the way to it, without redirects.`,
    { cause: error },
  );
}
