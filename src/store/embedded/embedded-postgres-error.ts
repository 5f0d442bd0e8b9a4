/**
 * The embedded database cannot be used. The message is one sentence for a person: what is wrong and the way out,
 * followed, when a start failed, by the last lines of the server's log. It needs no stack trace beside it.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

/** The code Node puts on system errors ("ENOENT") and pg on SQL errors ("57P03"); "" when there is none. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "";
}

/** What an error says, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message || errorCode(error) : String(error);
}
