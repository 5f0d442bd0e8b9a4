import pg from "pg";
import { BooksUnavailable, codeOf, type Unavailability } from "../application/books-unavailable.ts";

/**
 * What the database says (SQLSTATE, appendix A of the PostgreSQL manual) when it starts, stops, has crashed, was taken over
 * by another, or cannot read its disk; besides class 08, connections.
 */
const UNREACHABLE = new Set(["57P01", "57P02", "57P03", "57P05", "25P03", "25P04", "25006", "58030"]);
/** A lock, a statement or the number of connections came to its limit; besides class 53, resources. */
const BUSY = new Set(["55P03", "57014"]);
/** What the system says of a socket, and of the name or file that leads to it. */
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
  "EMFILE",
  "ENFILE",
]);
/** What pg says without a code: by its words, since it gives nothing else. */
const BROKEN = /^(?:Connection terminated|timeout expired|Client has encountered a connection error|Client was closed)/;
const NO_ANSWER = /^Query read timeout/;
const POOL_EXHAUSTED = /^timeout exceeded when trying to connect/;

/** The one place where errors of the database are told apart: one that passes, as `BooksUnavailable`; or null, any other. */
export function asUnavailable(error: unknown): BooksUnavailable | null {
  if (error instanceof BooksUnavailable) return error;
  const kind = error instanceof Error ? unavailabilityOf(error) : null;
  return kind && new BooksUnavailable(kind, error);
}

function unavailabilityOf(error: Error): Unavailability | null {
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError) {
    if (UNREACHABLE.has(code) || code.startsWith("08")) return "unreachable";
    return BUSY.has(code) || code.startsWith("53") ? "busy" : null;
  }
  if (NO_CONNECTION.has(code) || BROKEN.test(error.message) || NO_ANSWER.test(error.message)) return "unreachable";
  return POOL_EXHAUSTED.test(error.message) ? "busy" : null;
}

/** Whether the connection that brought the error is of no use any more; it must not go back to the pool. */
export function endsConnection(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return asUnavailable(error) !== null;
  // A server that was demoted keeps its connections; the next one leads to its successor.
  return error.severity === "FATAL" || error.severity === "PANIC" || error.code === "25006";
}
