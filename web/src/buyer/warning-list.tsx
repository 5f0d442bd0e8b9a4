import type { Issue } from "../api/orders.ts";
import { Icon } from "../shell/icon.tsx";

interface WarningListProps {
  readonly warnings: Issue["warnings"];
  readonly title: string;
}

/** What must be known before confirming, and until the order is paid (R8, R17). */
export function WarningList({ warnings, title }: WarningListProps) {
  if (warnings.length === 0) return null;
  return (
    <section className="warning-list" aria-label={title}>
      <Icon name="warning" size={20} />
      <div>
        <strong>{title}</strong>
        <ul>
          {warnings.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
