import type { ReactNode, TextareaHTMLAttributes } from "react";

/** As the API takes it, in characters as JavaScript counts them. */
const MOST_CHARACTERS = 4_000;

interface MessageFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: string;
}

/** What is said on a ticket; the browser's own field, as `TextField` is. */
export function MessageField({ id, label, hint, ...textarea }: MessageFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        className="text-input text-area"
        maxLength={MOST_CHARACTERS}
        {...(hint && { "aria-describedby": `${id}-hint` })}
        {...textarea}
      />
      {hint && (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      )}
    </div>
  );
}
