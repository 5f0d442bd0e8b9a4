import { useTranslation } from "react-i18next";
import { Ticks } from "./choices.tsx";
import { CodeAdder } from "./code-adder.tsx";

interface CodesSettingProps {
  readonly id: string;
  readonly addLabel: string;
  /** What is always offered, by name. */
  readonly known: ReadonlyMap<string, string>;
  /** What is proposed when another one is added. */
  readonly proposed: ReadonlyMap<string, string>;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** A list of codes: those that are known to be ticked, and others that sources may name. */
export function CodesSetting({ id, addLabel, known, proposed, chosen, onChange }: CodesSettingProps) {
  const { t } = useTranslation("desk");
  const others = chosen.filter((code) => !known.has(code));
  const options = [...known, ...others.map((code) => [code, proposed.get(code) ?? code] as const)];
  return (
    <>
      <Ticks options={options.map(([value, label]) => ({ value, label }))} chosen={chosen} onChange={onChange} />
      {options.length === 0 && <p className="soft">{t("policy.none")}</p>}
      <CodeAdder
        id={id}
        label={addLabel}
        known={proposed}
        taken={chosen}
        onAdd={(code) => onChange([...chosen, code])}
      />
    </>
  );
}
