import type { InputHTMLAttributes, ReactNode } from "react";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: string;
}

/** A labelled line of text. The browser's own input: antd's would cost 17 kB (gzip) before the first request. */
export function TextField({ id, label, hint, ...input }: TextFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className="text-input" {...(hint && { "aria-describedby": `${id}-hint` })} {...input} />
      {hint && (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      )}
    </div>
  );
}
