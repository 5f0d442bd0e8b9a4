import { Button } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface CodeAdderProps {
  readonly id: string;
  readonly label: string;
  readonly known: ReadonlyMap<string, string>;
  readonly taken: readonly string[];
  readonly onAdd: (code: string) => void;
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Adds a code to a list; what is known by name is proposed while it is typed. */
export function CodeAdder({ id, label, known, taken, onAdd }: CodeAdderProps) {
  const { t } = useTranslation("desk");
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState("");
  const add = () => {
    const code = codeOf(input.current?.value.trim() ?? "", known);
    if (code === null) return setFault(t("policy.codeFault"));
    if (taken.includes(code)) return setFault(t("policy.codeTaken"));
    setFault("");
    if (input.current) input.current.value = "";
    onAdd(code);
  };
  // Otherwise it would save the whole form.
  const addOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return (
    <div className="code-adder">
      <label htmlFor={id}>{label}</label>
      <div className="code-adder-row">
        <input
          ref={input}
          id={id}
          className="text-input"
          list={`${id}-known`}
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          {...(fault !== "" && { "aria-invalid": true, "aria-describedby": `${id}-fault` })}
          onKeyDown={addOnEnter}
        />
        <datalist id={`${id}-known`}>
          {[...known]
            .filter(([code]) => !taken.includes(code))
            .map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </datalist>
        <Button onClick={add}>{t("policy.add")}</Button>
      </div>
      {fault !== "" && (
        <p id={`${id}-fault`} className="field-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A code, or the name of one that is known. */
function codeOf(text: string, known: ReadonlyMap<string, string>): string | null {
  if (CODE.test(text)) return text;
  return [...known].find(([, name]) => name === text)?.[0] ?? null;
}
