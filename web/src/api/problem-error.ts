import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];

/** An answer of the API that is a problem (RFC 9457), or no answer at all (`problem` null). */
export class ProblemError extends Error {
  readonly problem: Problem | null;

  constructor(problem: Problem | null) {
    super(problem ? `${problem.status} ${problem.code}` : "unreachable");
    this.problem = problem;
  }
}

/** A gateway in between may answer with something that is no problem document: then there is nothing to quote. */
export function problemErrorOf(body: unknown): ProblemError {
  return new ProblemError(isProblem(body) ? body : null);
}

/** The problem behind a thrown error; null when the server could not be reached or did not answer in its own words. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof ProblemError ? error.problem : null;
}

export function isProblemCode(error: unknown, code: string): boolean {
  return problemOf(error)?.code === code;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body && "detail" in body;
}
