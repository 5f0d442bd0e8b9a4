import { useEffect, useRef } from "react";
import { type Problem, problemOf } from "../api/problem-error.ts";

interface FormFaults {
  readonly form: React.RefObject<HTMLFormElement | null>;
  /** What the server says of the field, or of a part of it. */
  readonly faultOf: (field: string) => string | undefined;
  /** What belongs to no field of the form. */
  readonly rest: Error | null;
}

/** A problem that names a field is told at the field, and the field gets the focus. */
export function useFormFaults(error: Error | null, fields: readonly string[]): FormFaults {
  const form = useRef<HTMLFormElement>(null);
  const problem = problemOf(error);
  const named = fieldOf(problem, fields);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-fault=true]")?.focus();
  }, [error]);
  return {
    form,
    faultOf: (field) => (problem && named === field ? sentenceOf(problem) : undefined),
    rest: named === null ? error : null,
  };
}

/** The closest: "seal.logo" is told at the logo where the form has it, else at the seal. */
function fieldOf(problem: Problem | null, fields: readonly string[]): string | null {
  const wrong = problem?.field;
  if (wrong === undefined) return null;
  const around = fields.filter((field) => wrong === field || wrong.startsWith(`${field}.`));
  return around.toSorted((left, right) => right.length - left.length)[0] ?? null;
}

/** The name of the field is for programs; its label says it here. */
function sentenceOf({ field = "", detail }: Problem): string {
  const said = detail.startsWith(field) ? detail.slice(field.length).replace(/^(：|: )/, "") : detail;
  return said.charAt(0).toUpperCase() + said.slice(1);
}
