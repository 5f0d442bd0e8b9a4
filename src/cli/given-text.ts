import { WrongUse } from "./terminal.ts";

/** The text of an option, without blanks around it; `longest` counts UTF-16 code units, as the API's limits do. */
export function givenText(option: string, value: string | undefined, longest: number): string {
  const text = (value ?? "").trim().normalize("NFC");
  if (text === "") throw new WrongUse(`${option} needs a text that is not empty.`);
  if (text.length > longest) throw new WrongUse(`${option} must not be longer than ${longest} characters.`);
  return text;
}
