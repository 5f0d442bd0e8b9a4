import type { FastifyReply, FastifyRequest } from "fastify";
import type { Sha256 } from "../domain/identifiers.ts";

export interface SentDocument {
  readonly hash: Sha256;
  readonly fileName: string;
  /** Whether another file will take its place under the same address. */
  readonly lasts: "for_ever" | "until_renewed";
  read(): Promise<Uint8Array>;
}

/**
 * A file by its hash. The sealed one has the same bytes for ever (R5), so it may be kept for ever. One byte range is served as 206
 * (RFC 9110, section 14); several at once, or a range of another file (If-Range), get the whole.
 */
export async function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  { hash, fileName, lasts, read }: SentDocument,
): Promise<FastifyReply> {
  const tag = `"${hash}"`;
  if (matches(request.headers["if-none-match"], tag)) return keep(reply, tag, lasts).code(304).send();
  // Read before any header is set: a failure must not be kept for ever.
  const bytes = Buffer.from(await read());
  const ifRange = request.headers["if-range"];
  const range = ifRange === undefined || ifRange === tag ? rangeOf(request.headers.range, bytes.length) : "whole";
  if (range === "unsatisfiable") {
    return reply.code(416).header("content-range", `bytes */${bytes.length}`).send();
  }
  keep(reply, tag, lasts)
    .header("accept-ranges", "bytes")
    .header("content-disposition", `inline; filename="${fileName}"`)
    .type("application/pdf");
  if (range === "whole") return reply.send(bytes);
  return reply
    .code(206)
    .header("content-range", `bytes ${range.first}-${range.last}/${bytes.length}`)
    .send(bytes.subarray(range.first, range.last + 1));
}

function keep(reply: FastifyReply, tag: string, lasts: SentDocument["lasts"]): FastifyReply {
  const caching = lasts === "for_ever" ? "private, max-age=31536000, immutable" : "private, no-cache";
  return reply.header("etag", tag).header("cache-control", caching);
}

function matches(header: string | undefined, tag: string): boolean {
  const tags = (header ?? "").split(",").map((part) => part.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}

interface ByteRange {
  readonly first: number;
  readonly last: number;
}

function rangeOf(header: string | undefined, length: number): ByteRange | "whole" | "unsatisfiable" {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return "whole";
  const [, from = "", to = ""] = match;
  if (from === "") {
    const suffix = Math.min(Number(to), length);
    return suffix === 0 ? "unsatisfiable" : { first: length - suffix, last: length - 1 };
  }
  const first = Number(from);
  const last = to === "" ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== "" && Number(to) < first) return "whole";
  return first >= length ? "unsatisfiable" : { first, last };
}
