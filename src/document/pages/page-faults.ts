import type { PageFault } from "../../application/page-look.ts";
import type { PageCharacter, PageText } from "./page-text.ts";

const MM = 72 / 25.4;
/** The side margins of typography.typ. */
const SIDE_MARGIN = 20 * MM;
/** Running head and foot stand in the upper and lower margin; what is nearer to the edge no office printer prints. */
const EDGE_MARGIN = 6 * MM;
/** A letter may lean out of its line by so much: the tail of a j, the bar of a T. */
const LEANING = 1.5;
/** Running heads and feet lie within this distance from the edge; a page with nothing else on it is empty. */
const RUNNING_HEAD = 22 * MM;
/** Share of the smaller of two characters; those of one word may come as near as kerning takes them. */
const OVERLAP_SHARE = 0.25;
const SAME_WORD = 4;
const QUOTED_CHARACTERS = 24;

/**
 * What no compiler reports: text outside the margins, text over other text, characters that nobody could copy or search
 * for, pages with nothing on them. Each kind once for a page.
 */
export function faultsOf(page: PageText): readonly PageFault[] {
  const upright = page.characters.filter((character) => character.upright);
  const faults: PageFault[] = [];
  const outside = upright.find((character) => isOutside(page, character));
  if (outside) faults.push({ kind: "outside_margins", page: page.number, text: textFrom(upright, outside) });
  const covered = firstOverlap(upright);
  if (covered) faults.push({ kind: "overlapping_text", page: page.number, text: textFrom(upright, covered) });
  if (page.characters.some(({ text }) => text === "\0" || text === "\ufffd")) {
    faults.push({ kind: "unreadable_text", page: page.number });
  }
  const body = upright.some(({ top, bottom }) => bottom > RUNNING_HEAD && top < page.height - RUNNING_HEAD);
  if (!body) faults.push({ kind: "empty_page", page: page.number });
  return faults;
}

function isOutside({ width, height }: PageText, { left, right, bottom, top }: PageCharacter): boolean {
  return (
    left < SIDE_MARGIN - LEANING ||
    right > width - SIDE_MARGIN + LEANING ||
    bottom < EDGE_MARGIN ||
    top > height - EDGE_MARGIN
  );
}

/** Compares only what lies in the same band of the page: a page of small print has six thousand characters. */
function firstOverlap(characters: readonly PageCharacter[]): PageCharacter | null {
  const bands = new Map<number, { readonly character: PageCharacter; readonly index: number }[]>();
  for (const [index, character] of characters.entries()) {
    for (let band = bandOf(character.bottom); band <= bandOf(character.top); band += 1) {
      const others = bands.get(band) ?? [];
      const hit = others.some((other) => index - other.index > SAME_WORD && overlaps(character, other.character));
      if (hit) return character;
      others.push({ character, index });
      bands.set(band, others);
    }
  }
  return null;
}

const BAND = 12;

function bandOf(y: number): number {
  return Math.floor(y / BAND);
}

function overlaps(a: PageCharacter, b: PageCharacter): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.top, b.top) - Math.max(a.bottom, b.bottom);
  if (width <= 0 || height <= 0) return false;
  return width * height > OVERLAP_SHARE * Math.min(areaOf(a), areaOf(b));
}

function areaOf({ left, right, bottom, top }: PageCharacter): number {
  return (right - left) * (top - bottom);
}

function textFrom(characters: readonly PageCharacter[], first: PageCharacter): string {
  const at = characters.indexOf(first);
  return characters
    .slice(at, at + QUOTED_CHARACTERS)
    .map(({ text }) => text)
    .join("");
}
