import type { WordingChoice, WordingStatus } from "../../api/wordings.ts";

/** Which words a choice stands for at present: "in force" is another version after the next publication. */
export function nameOfChoice({ version, draft }: WordingStatus, choice: WordingChoice): string {
  if (choice === "in_force") return String(version);
  return choice === "draft" ? (draft?.draft ?? "") : choice;
}
