/** Where in the transparency log an entry is, counted from one, and how many there are, as its proof says; null without one. */
export function logPlaceOf(proof: string | null): { readonly place: number; readonly of: number } | null {
  const [, index, size] = /\nindex (\d+)\n(?:[^\n]+\n)*\n[^\n]+\n(\d+)\n/.exec(proof ?? "") ?? [];
  return index === undefined || size === undefined ? null : { place: Number(index) + 1, of: Number(size) };
}
