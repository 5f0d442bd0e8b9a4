import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

interface EmptyStateProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ icon = "file", title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon name={icon} size={34} />
      <p className="empty-title">{title}</p>
      <p>{text}</p>
      {action}
    </div>
  );
}
