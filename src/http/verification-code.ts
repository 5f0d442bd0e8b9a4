/** The code of a contract as a person types it: in any case, with blanks and dashes where it is printed in groups. */
export function codeIn(text: string | undefined): string {
  return (text ?? "").replaceAll(/[\s-]/g, "").toUpperCase();
}
