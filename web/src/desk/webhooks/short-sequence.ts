/** "0000000000000042" → "42": the zeros are there for programs that sort texts. */
export function shortSequence(sequence: string): string {
  return sequence.replace(/^0+(?=\d)/, "");
}
