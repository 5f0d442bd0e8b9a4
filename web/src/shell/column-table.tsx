import type { ReactNode } from "react";

interface Column {
  /** Also the end of its class: `column-amount`. */
  readonly name: string;
  readonly label: string;
}

interface ColumnTableProps {
  /** For who cannot see that it is one. */
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly className?: string;
  /** Its rows. */
  readonly children: ReactNode;
}

/** A real table, so that screen readers can walk it; the style sheet turns rows into cards on a phone. */
export function ColumnTable({ caption, columns, className = "", children }: ColumnTableProps) {
  return (
    <div className="table-card">
      <table className={`table stacking ${className}`}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, label }) => (
              <th key={name} scope="col" className={`column-${name}`}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
