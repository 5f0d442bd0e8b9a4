import type { Localized } from "../domain/localized.ts";

/**
 * `unreachable`: there is no connection to the books, or it broke before anything was committed. `busy`: more is asked of
 * them than they can do. `in_doubt`: the connection broke during the commit, and what became of it could not be found out.
 */
export type Unavailability = "unreachable" | "busy" | "in_doubt";

/**
 * The books cannot be worked with at present, which passes. Except in doubt, nothing of the unit of work has happened.
 * `message` and `said` are one sentence; `code` is what the database or the system calls it ("57P01", "ECONNREFUSED"), or "".
 */
export class BooksUnavailable extends Error {
  readonly kind: Unavailability;
  readonly said: Localized;
  readonly code: string;

  constructor(kind: Unavailability, cause: unknown) {
    const said = saidOf(kind, reasonOf(cause));
    super(said.en, { cause });
    this.name = "BooksUnavailable";
    this.kind = kind;
    this.said = said;
    this.code = codeOf(cause);
  }
}

function saidOf(kind: Unavailability, reason: string): Localized {
  switch (kind) {
    case "unreachable":
      return {
        "zh-CN": `暂时无法连接数据库（${reason}），请稍后重试。`,
        en: `The database cannot be reached at present (${reason}); try again in a moment.`,
      };
    case "busy":
      return {
        "zh-CN": `数据库繁忙（${reason}），请稍后重试。`,
        en: `The database is too busy at present (${reason}); try again in a moment.`,
      };
    case "in_doubt":
      return {
        "zh-CN": `提交时数据库连接中断（${reason}），操作是否生效尚不确定；请先查询结果，再决定是否重试。`,
        en: `The connection to the database broke during a commit (${reason}), and whether the change was made is not known; look before you try again.`,
      };
  }
}

/** Of the first of several tries where a host has several addresses: the error that sums them up has no words. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === "") return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : String(cause);
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
