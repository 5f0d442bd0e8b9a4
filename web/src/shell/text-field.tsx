import type { InputHTMLAttributes, ReactNode } from "react";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: string;
  /** What is wrong with what was written, in the server's words. */
  readonly fault?: string | undefined;
}

/** A labelled line of text. The browser's own input: antd's would cost 17 kB (gzip) before the first request. */
export function TextField({ id, label, hint, fault, ...input }: TextFieldProps) {
  const described = [fault && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text-input"
        {...(fault && { "aria-invalid": true })}
        {...(described && { "aria-describedby": described })}
        {...input}
      />
      {fault && (
        <p id={`${id}-fault`} className="field-fault">
          {fault}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      )}
    </div>
  );
}
