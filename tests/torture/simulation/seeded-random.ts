import { createHash } from "node:crypto";
import type { Identifiers } from "../../../src/application/ports.ts";

/** Numbers that look like chance and follow from the seed: mulberry32, which is enough to schedule a shop by. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, not including, the end. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Names as the product makes them, in the order of their making, from the seed and the shop's name alone. */
export function seededIdentifiers(random: SeededRandom, shop: string): Identifiers {
  let made = 0;
  // Whoever lives on the same database has other ids, as the product counts on.
  const own = createHash("sha256").update(shop).digest("hex").slice(0, 8);
  return {
    newId: () => `${own}-0000-7000-8000-${(++made).toString(16).padStart(12, "0")}`,
    newCode: () => Array.from({ length: 16 }, () => ALPHABET.charAt(random.below(32))).join(""),
  };
}
