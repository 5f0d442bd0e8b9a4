interface OptionFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly defaultValue: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What is said for no choice. */
  readonly all: string;
}

/** One of a few that the page names itself; the browser's own, as `TextField` is. */
export function OptionField({ id, name, label, defaultValue, options, all }: OptionFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className="text-input" defaultValue={defaultValue}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
