import { useEffect, useState } from "react";

/** Most contracts are there sooner; a bar that only flashes would look like a fault. */
const SHOW_AFTER_MS = 300;

interface RequestProgressProps {
  readonly title: string;
  readonly text: string;
}

export function RequestProgress({ title, text }: RequestProgressProps) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="request-progress" role="status">
      <strong>{title}</strong>
      <progress className="unseen" aria-label={title} />
      <div className="progress-bar" aria-hidden="true" />
      <p className="soft small">{text}</p>
    </div>
  );
}
