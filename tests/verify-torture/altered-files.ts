import type { AttackedContract } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { seededRandom } from "../torture/crash/seeded-random.ts";
import { randomRevision } from "./random-revision.ts";

/** Ways to alter a contract; each numbers its files from 0. */
export const ALTERATIONS = {
  /** Every bit by itself, the lowest of the first byte first. The same buffer each time: judged before the next. */
  flips: { count: ({ pdf }) => pdf.length * 8, files: flips },
  /** From nothing to all but the last byte. */
  truncations: { count: ({ pdf }) => pdf.length, files: truncations },
  revisions: { count: () => Number.POSITIVE_INFINITY, files: revisions },
} as const satisfies Record<string, Alteration>;

export type AlterationName = keyof typeof ALTERATIONS;

interface Alteration {
  count(contract: AttackedContract): number;
  files(contract: AttackedContract, share: Share): Iterable<Buffer>;
}

/** Which of the files: `from` and on, below `to`, every `step`th; random ones by their seed and number. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly seed: number;
}

function* numbers({ from, to, step }: Share): Generator<number> {
  for (let number = from; number < to; number += step) yield number;
}

function* flips({ pdf }: AttackedContract, share: Share): Generator<Buffer> {
  const copy = Buffer.from(pdf);
  for (const number of numbers(share)) {
    const place = number >> 3;
    const before = copy.readUInt8(place);
    copy.writeUInt8(before ^ (1 << (number & 7)), place);
    yield copy;
    copy.writeUInt8(before, place);
  }
}

function* truncations({ pdf }: AttackedContract, share: Share): Generator<Buffer> {
  for (const length of numbers(share)) yield pdf.subarray(0, length);
}

function* revisions({ pdf }: AttackedContract, share: Share): Generator<Buffer> {
  for (const number of numbers(share)) yield randomRevision(pdf, seededRandom(share.seed * 1_000_003 + number));
}
