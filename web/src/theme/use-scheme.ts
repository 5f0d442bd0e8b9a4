import { useEffect, useSyncExternalStore } from "react";
import { applyPalette, type Scheme } from "./palette.ts";

const STORAGE_KEY = "orderseal.scheme";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** Light or dark: the reader's own choice, else the system's, followed live. */
export function useScheme(): { scheme: Scheme; choose: (scheme: Scheme) => void } {
  const scheme = useSyncExternalStore(subscribe, currentScheme);
  useEffect(() => applyPalette(scheme), [scheme]);
  return { scheme, choose };
}

export function currentScheme(): Scheme {
  const chosen = readChoice();
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemDark.matches ? "dark" : "light";
}

let lasting: Scheme | null = null;

function choose(scheme: Scheme): void {
  lasting = scheme;
  try {
    localStorage.setItem(STORAGE_KEY, scheme);
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function readChoice(): string | null {
  if (lasting) return lasting;
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener("change", listener);
  };
}
