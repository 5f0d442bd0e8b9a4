import { userInfo } from "node:os";
import type { Actor } from "../application/ports.ts";

/** Whoever sits at the terminal, for the audit. */
export const OPERATOR: Actor = { kind: "operator", id: nameOfUser() };

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the password database, as containers have it.
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
