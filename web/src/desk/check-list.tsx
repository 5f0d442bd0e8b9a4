interface CheckListProps<Code extends string> {
  readonly legend: string;
  readonly hint?: string;
  readonly options: readonly { readonly code: Code; readonly name: string; readonly note: string }[];
  readonly chosen: readonly Code[];
  readonly onChange: (chosen: readonly Code[]) => void;
  readonly fault: string | null;
  readonly disabled: boolean;
}

/** Several of a few, each with a sentence of what it means. */
export function CheckList<Code extends string>(props: CheckListProps<Code>) {
  const { legend, hint, options, chosen, onChange, fault, disabled } = props;
  const toggle = (code: Code) =>
    onChange(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  return (
    <fieldset className="field" disabled={disabled}>
      <legend>{legend}</legend>
      {hint && <p className="soft small">{hint}</p>}
      <div className="check-list">
        {options.map(({ code, name, note }) => (
          <label key={code} className="check-option">
            <input
              type="checkbox"
              className="check-box"
              checked={chosen.includes(code)}
              onChange={() => toggle(code)}
            />
            <span>
              <span className="check-note">{note}</span>
              <span className="soft small">{name}</span>
            </span>
          </label>
        ))}
      </div>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
