import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyRanges,
  emptyRoot,
  inclusionRanges,
  type LeafRange,
  leafHash,
  nodeHash,
  nodesCompletedBy,
  nodesOf,
  provesConsistency,
  provesInclusion,
  rangeHash,
} from "./merkle-tree.ts";

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(data).digest());
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** The entries that the reference implementations of Certificate Transparency test with. */
const ENTRIES = [
  ...["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"],
].map((text) => new Uint8Array(Buffer.from(text, "hex")));
/** And the roots that they know of the first one, two, … eight of them. */
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** A second tree, written from the recursive definitions of RFC 6962, section 2.1, and from nothing of ours. */
const naive = {
  leaf: (entry: Uint8Array) => createHash("sha256").update("\0").update(entry).digest(),
  node: (left: Uint8Array, right: Uint8Array) =>
    createHash("sha256").update("\u0001").update(left).update(right).digest(),
  split(count: number): number {
    return 2 ** Math.floor(Math.log2(count - 1));
  },
  root(entries: readonly Uint8Array[]): Uint8Array {
    if (entries.length === 0) return createHash("sha256").digest();
    const [only] = entries;
    if (entries.length === 1 && only) return naive.leaf(only);
    const k = naive.split(entries.length);
    return naive.node(naive.root(entries.slice(0, k)), naive.root(entries.slice(k)));
  },
  path(m: number, entries: readonly Uint8Array[]): readonly Uint8Array[] {
    if (entries.length === 1) return [];
    const k = naive.split(entries.length);
    return m < k
      ? [...naive.path(m, entries.slice(0, k)), naive.root(entries.slice(k))]
      : [...naive.path(m - k, entries.slice(k)), naive.root(entries.slice(0, k))];
  },
  subproof(m: number, entries: readonly Uint8Array[], isWhole: boolean): readonly Uint8Array[] {
    if (m === entries.length) return isWhole ? [] : [naive.root(entries)];
    const k = naive.split(entries.length);
    return m <= k
      ? [...naive.subproof(m, entries.slice(0, k), isWhole), naive.root(entries.slice(k))]
      : [...naive.subproof(m - k, entries.slice(k), false), naive.root(entries.slice(0, k))];
  },
};

/** A tree as the log keeps it: every perfect subtree by level and index. */
function grown(entries: readonly Uint8Array[]) {
  const nodes = new Map<string, Uint8Array>();
  entries.forEach((entry, index) => {
    let last = leafHash(sha256, entry);
    nodes.set(`0 ${index}`, last);
    for (const node of nodesCompletedBy(index)) {
      last = nodeHash(sha256, nodes.get(`${node.level - 1} ${node.index * 2}`) ?? new Uint8Array(), last);
      nodes.set(`${node.level} ${node.index}`, last);
    }
  });
  const hashOf = (range: LeafRange) =>
    rangeHash(
      sha256,
      nodesOf(range).map(({ level, index }) => nodes.get(`${level} ${index}`) ?? new Uint8Array()),
    );
  return { hashOf, root: (size: number) => hashOf({ start: 0, end: size }) };
}

test("the tree has the roots that Certificate Transparency knows of these entries", () => {
  const tree = grown(ENTRIES);
  expect(ROOTS.map((_, index) => hex(tree.root(index + 1)))).toEqual(ROOTS);
  expect(hex(emptyRoot(sha256))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(hex(tree.root(0))).toBe(hex(emptyRoot(sha256)));
});

const someEntries = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 70 });

describe("on random trees an independent implementation says the same", () => {
  test("of the root and of every leaf's inclusion", () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const [tree, size] = [grown(entries), entries.length];
        const root = naive.root(entries);
        expect(hex(tree.root(size))).toBe(hex(root));
        entries.forEach((entry, index) => {
          const proof = inclusionRanges(index, size).map(tree.hashOf);
          expect(proof.map(hex)).toEqual(naive.path(index, entries).map(hex));
          const claim = { index, size, leaf: leafHash(sha256, entry), root };
          expect(provesInclusion(sha256, claim, proof)).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("of the consistency of any two sizes", () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const [tree, size] = [grown(entries), entries.length];
        for (let from = 1; from <= size; from++) {
          const proof = consistencyRanges(from, size).map(tree.hashOf);
          expect(proof.map(hex)).toEqual(naive.subproof(from, entries, true).map(hex));
          const [former, later] = [from, size].map((each) => ({ size: each, root: tree.root(each) }));
          if (former && later) expect(provesConsistency(sha256, former, later, proof)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("nothing else is proven", () => {
  const tree = grown(ENTRIES);
  const other = new Uint8Array(32).fill(7);
  const sizes = ROOTS.map((_, index) => index + 1);

  test("no other leaf, index, size or root, and no proof with a hash more, less, altered or exchanged", () => {
    for (const size of sizes) {
      for (let index = 0; index < size; index++) {
        const leaf = leafHash(sha256, ENTRIES[index] ?? new Uint8Array());
        const claim = { index, size, leaf, root: tree.root(size) };
        const proof = inclusionRanges(index, size).map(tree.hashOf);
        expect(provesInclusion(sha256, claim, proof)).toBe(true);
        for (const wrong of [
          { leaf: other },
          { root: other },
          ...sizes.filter((each) => each !== size).map((each) => ({ root: tree.root(each) })),
          ...[-1, size, 0.5, Number.NaN].map((each) => ({ index: each })),
          ...sizes.filter((each) => each - 1 !== index).map((each) => ({ index: each - 1 })),
        ]) {
          expect(provesInclusion(sha256, { ...claim, ...wrong }, proof), JSON.stringify([size, index, wrong])).toBe(
            false,
          );
        }
        for (const wrong of spoilt(proof)) expect(provesInclusion(sha256, claim, wrong)).toBe(false);
      }
    }
  });

  test("no history that was written anew", () => {
    for (const to of sizes) {
      for (let from = 1; from < to; from++) {
        const [former, later] = [
          { size: from, root: tree.root(from) },
          { size: to, root: tree.root(to) },
        ];
        const proof = consistencyRanges(from, to).map(tree.hashOf);
        expect(provesConsistency(sha256, former, later, proof)).toBe(true);
        expect(provesConsistency(sha256, { ...former, root: other }, later, proof)).toBe(false);
        expect(provesConsistency(sha256, former, { ...later, root: other }, proof)).toBe(false);
        expect(provesConsistency(sha256, later, former, proof)).toBe(false);
        expect(provesConsistency(sha256, former, later, [])).toBe(false);
        for (const wrong of spoilt(proof)) expect(provesConsistency(sha256, former, later, wrong)).toBe(false);
      }
    }
  });

  test("equal sizes have equal roots, and every tree has grown from the empty one", () => {
    const head = { size: 5, root: tree.root(5) };
    expect(provesConsistency(sha256, head, head, [])).toBe(true);
    expect(provesConsistency(sha256, head, { size: 5, root: other }, [])).toBe(false);
    expect(provesConsistency(sha256, head, head, [other])).toBe(false);
    const empty = { size: 0, root: emptyRoot(sha256) };
    expect(consistencyRanges(0, 5)).toEqual([]);
    expect(provesConsistency(sha256, empty, head, [])).toBe(true);
    expect(provesConsistency(sha256, { size: 0, root: other }, head, [])).toBe(false);
  });

  /** The proof with one thing wrong. */
  function spoilt(proof: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
    return [
      [...proof, other],
      [other, ...proof],
      ...proof.flatMap((_, index) => [
        proof.filter((__, each) => each !== index),
        proof.map((hash, each) => (each === index ? other : hash)),
      ]),
      ...(proof.length > 1 ? [[...proof].reverse()] : []),
    ];
  }
});

test("sizes beyond 32 bits are counted right", () => {
  const size = 2 ** 40 + 3;
  expect(inclusionRanges(2 ** 40 + 2, size)).toEqual([
    { start: 2 ** 40, end: 2 ** 40 + 2 },
    { start: 0, end: 2 ** 40 },
  ]);
  expect(nodesOf({ start: 0, end: size })).toEqual([
    { level: 40, index: 0 },
    { level: 1, index: 2 ** 39 },
    { level: 0, index: 2 ** 40 + 2 },
  ]);
  expect(nodesCompletedBy(2 ** 40 - 1)).toHaveLength(40);
});
