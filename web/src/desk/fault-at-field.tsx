import { problemOf } from "../api/problem-error.ts";

interface FaultAtFieldProps {
  readonly id: string;
  /** As the service names it. */
  readonly field: string;
  readonly error: unknown;
}

/** What the service says is wrong with one field, at that field. */
export function FaultAtField({ id, field, error }: FaultAtFieldProps) {
  const problem = problemOf(error);
  if (problem?.field !== field) return null;
  return (
    <p id={id} className="field-fault" role="alert">
      {problem.detail}
    </p>
  );
}
