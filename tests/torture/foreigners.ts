import type { Things } from "../access/things.ts";

export interface Foreign {
  readonly things: Things;
  /** Where the names come from: another account, another account's and altered, or several at once. */
  readonly kind: "real" | "altered" | "mixed";
}

const KINDS = ["real", "real", "altered", "mixed"] as const;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._";

/** Names that are not the prober's to ask for, by chance that the seed determines. */
export class Foreigners {
  readonly #own: Things;
  readonly #victims: readonly Things[];
  #state: number;
  /** What no answer may say unless it was asked for. */
  readonly secrets: readonly string[];

  constructor(own: Things, victims: readonly Things[], seed: number) {
    this.#own = own;
    this.#victims = victims;
    this.#state = seed;
    this.secrets = victims.flatMap(({ account, order, contract, ticket }) => [
      ...[account, order, contract, ticket],
      // Of the buyer, on contracts and in tickets.
      `${order.replace(/-PLAIN$/, "")}示例有限公司`,
    ]);
  }

  /** From 0 up to 1: mulberry32, which is enough to choose by. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  pick(): Foreign {
    const kind = this.#one(KINDS);
    const victim = this.#one(this.#victims);
    if (kind === "real") return { kind, things: victim };
    if (kind === "altered") return { kind, things: this.#each(victim, (name) => this.#altered(name)) };
    // Own names among foreign ones, as in a foreign ticket with an attachment of one's own; never all of them own.
    const other = this.#one(this.#victims);
    return {
      kind,
      things: {
        ...victim,
        attachment: this.#own.attachment,
        evidence: this.#own.evidence,
        cycle: this.#one([victim.cycle, "2026-02", "2099-12"]),
        ...(this.random() < 0.5 && { contract: other.contract, order: other.order, unusual: other.unusual }),
      },
    };
  }

  #each(things: Things, change: (name: string) => string): Things {
    const changed = Object.entries(things).map(([what, name]) => [what, change(name)] as const);
    return { ...things, ...Object.fromEntries(changed), cycle: things.cycle } as Things;
  }

  /** Another letter, other capitals, or something behind it; never a name of the prober's own. */
  #altered(name: string): string {
    const at = Math.floor(this.random() * name.length);
    const letter = ALPHABET[Math.floor(this.random() * ALPHABET.length)] ?? "x";
    const altered = this.#one([
      `${name.slice(0, at)}${letter}${name.slice(at + 1)}`,
      name.toLowerCase(),
      name.toUpperCase(),
      `${name}${letter}`,
      name.slice(0, -1),
    ]);
    return Object.values(this.#own).includes(altered) || altered === "" ? `${name}x` : altered;
  }

  #one<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error("there is nothing to choose from");
    return value;
  }
}
