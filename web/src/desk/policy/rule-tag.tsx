/** The number of a rule, as everybody quotes it. */
export function RuleTag({ rule }: { rule: string }) {
  return <span className="rule-tag">{rule}</span>;
}
