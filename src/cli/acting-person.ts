import type { Actor } from "../application/ports.ts";
import { givenText } from "./given-text.ts";
import { OPERATOR } from "./operator.ts";

const LONGEST_NAME = 100;

/** The option of commands that draft or publish what two persons decide. */
export const AS_PERSON = { as: { type: "string" } } as const;

/** Whoever sits at the terminal, unless somebody else is named. */
export function personOf(name: string | undefined): Actor {
  return name === undefined ? OPERATOR : { ...OPERATOR, id: givenText("--as", name, LONGEST_NAME) };
}
