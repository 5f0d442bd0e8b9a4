/** One measured figure. */
export interface Figure {
  readonly name: string;
  /** Already rounded: "43.1". */
  readonly value: string;
  readonly unit: string;
  /** What it must be, where there is a target: "≤ 80". */
  readonly target?: string;
  /** Absent where there is no target. */
  readonly met?: boolean;
}

/** What one measurement found. */
export interface Finding {
  /** As `--only` names it. */
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  /** Sentences that a reader needs in order to judge the figures. */
  readonly notes: readonly string[];
  /** Many figures of the same kinds; already rounded. The first two columns are words, the others numbers. */
  readonly table?: Table;
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const WORD_COLUMNS = 2;

export function figure(name: string, value: number, unit: string, digits = 1): Figure {
  return { name, value: value.toFixed(digits), unit };
}

/** A figure with a target: at most, or at least, `bound` of the same unit. */
export function judged(name: string, value: number, unit: string, must: "≤" | "≥", bound: number, digits = 1): Figure {
  const met = must === "≤" ? value <= bound : value >= bound;
  return { ...figure(name, value, unit, digits), target: `${must} ${bound}`, met };
}

/** Aligned columns for a terminal. */
export function terminalText({ title, figures, notes, table }: Finding): string {
  const rows = figures.map((one) => [one.name, one.value, one.unit, verdictOf(one)] as const);
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const lines = rows.map(([name, value, unit, verdict]) =>
    `  ${name.padEnd(width(0))}  ${value.padStart(width(1))} ${unit.padEnd(width(2))}  ${verdict}`.trimEnd(),
  );
  return [title, ...lines, ...(table ? alignedRows(table) : []), ...notes.map((note) => `  · ${note}`), ""].join("\n");
}

function alignedRows({ columns, rows }: Table): readonly string[] {
  const all = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => {
    const cells = row.map((cell, column) =>
      column < WORD_COLUMNS ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`.trimEnd();
  });
}

function markdownRows({ columns, rows }: Table): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, column) => (column < WORD_COLUMNS ? "---" : "---:"));
  return [line(columns), line(rule), ...rows.map(line), ""];
}

export function markdownText({ name, title, figures, notes, table }: Finding): string {
  const rows = figures.map((one) => `| ${one.name} | ${one.value} | ${one.unit} | ${verdictOf(one)} |`);
  const head = ["| figure | value | unit | target |", "|---|---:|---|---|"];
  return [
    `## ${title}`,
    "",
    `\`npm run bench -- --only ${name}\``,
    "",
    ...head,
    ...rows,
    "",
    ...(table ? markdownRows(table) : []),
    ...notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}

function verdictOf({ target, met }: Figure): string {
  return target === undefined ? "" : `${target} ${met ? "met" : "MISSED"}`;
}
