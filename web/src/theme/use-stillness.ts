import { useSyncExternalStore } from "react";

const preference = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the reader wants nothing to move (WCAG 2.2, 2.3.3), followed live. */
export function useStillness(): boolean {
  return useSyncExternalStore(subscribe, () => preference.matches);
}

function subscribe(listener: () => void): () => void {
  preference.addEventListener("change", listener);
  return () => preference.removeEventListener("change", listener);
}
