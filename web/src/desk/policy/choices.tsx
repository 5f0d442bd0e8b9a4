interface Option<Value> {
  readonly value: Value;
  readonly label: string;
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, each as a whole sentence. */
export function Choice<Value extends string>({ name, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <div className="choice-list">
      {options.map(({ value: each, label }) => (
        <label key={each} className="check-line">
          <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

interface TicksProps<Code extends string> {
  readonly options: readonly Option<Code>[];
  readonly chosen: readonly Code[];
  readonly onChange: (chosen: readonly Code[]) => void;
}

/** Any of several. */
export function Ticks<Code extends string>({ options, chosen, onChange }: TicksProps<Code>) {
  const toggle = (code: Code) =>
    onChange(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  return (
    <div className="tick-list">
      {options.map(({ value, label }) => (
        <label key={value} className="check-line">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          <span className="wrap">{label}</span>
        </label>
      ))}
    </div>
  );
}
