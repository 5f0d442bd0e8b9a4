/** The bytes that a revocation service sent, or why there are none; the detail is for the operator, in English. */
export type RevocationAnswer =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly detail: string };

export interface RevocationRequest {
  readonly url: string;
  /** An OCSP request to post; a CRL is got. */
  readonly ocspRequest?: Uint8Array;
  readonly largestBytes: number;
  /** For the whole exchange, from the connection to the last byte. */
  readonly timeoutMs: number;
}

/**
 * One exchange over HTTP (RFC 6960, appendix A; RFC 5280, 4.2.1.13). The address comes from a certificate, so that
 * redirects are refused and more than `largestBytes` are not read. Never throws for what a server does.
 */
export async function askRevocationService(request: RevocationRequest): Promise<RevocationAnswer> {
  const { url, ocspRequest, largestBytes, timeoutMs } = request;
  try {
    const response = await fetch(url, {
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      ...(ocspRequest === undefined
        ? {}
        : { method: "POST", headers: { "content-type": "application/ocsp-request" }, body: ocspRequest }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { ok: false, detail: `${url} answered HTTP ${response.status}` };
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      // Leaving the loop cancels the stream.
      if (length > largestBytes) return { ok: false, detail: `${url} sent more than ${largestBytes} bytes` };
      chunks.push(chunk);
    }
    return { ok: true, body: Buffer.concat(chunks) };
  } catch (error) {
    return { ok: false, detail: `${url} was not reached: ${reasonOf(error)}` };
  }
}

/** fetch hides the reason ("connect ECONNREFUSED …", "unexpected redirect") in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
