/** SHA-256 of whoever calls: this room computes no hashes itself. */
export type HashFunction = (data: Uint8Array) => Uint8Array;

/** The root of a perfect subtree: of the 2^level leaves that begin at index · 2^level. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `start` to before `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** RFC 6962, section 2.1: a leaf can never pass for an inner node, nor the other way round. */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf from what is entered. */
export function leafHash(hash: HashFunction, entry: Uint8Array): Uint8Array {
  return hash(joined(LEAF, entry));
}

export function nodeHash(hash: HashFunction, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joined(NODE, left, right));
}

/** The root of a tree without leaves. */
export function emptyRoot(hash: HashFunction): Uint8Array {
  return hash(new Uint8Array());
}

/**
 * The perfect subtrees that a range is made of, the largest first; only for ranges that begin where a subtree of their size
 * does, as those of this file do.
 */
export function nodesOf({ start, end }: LeafRange): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = start;
  while (at < end) {
    let [level, size] = [0, 1];
    while (at % (size * 2) === 0 && at + size * 2 <= end) {
      size *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / size });
    at += size;
  }
  return nodes;
}

/** The hash of a range from those of its perfect subtrees, in the order of `nodesOf`. */
export function rangeHash(hash: HashFunction, nodes: readonly Uint8Array[]): Uint8Array {
  const [last, ...others] = [...nodes].reverse();
  if (!last) return emptyRoot(hash);
  return others.reduce((right, left) => nodeHash(hash, left, right), last);
}

/** The inner nodes that are complete with the leaf of this index, the lowest first: each has the one before as its right child. */
export function nodesCompletedBy(index: number): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = index; at % 2 === 1; ) {
    at = (at - 1) / 2;
    nodes.push({ level: nodes.length + 1, index: at });
  }
  return nodes;
}

/** Whose hashes prove that a leaf is in the tree of `size` leaves: the leaf's sibling first (RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const path: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** Whose hashes prove that the tree of `to` leaves begins with that of `from` (RFC 6962, section 2.1.2). */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  if (from === 0) return [];
  const path: LeafRange[] = [];
  let [start, end] = [0, to];
  while (from < end) {
    const middle = start + largestPowerBelow(end - start);
    if (from <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // The former tree itself is known to whoever asks.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
}

/** Whether the hashes prove the leaf to be in the tree (RFC 9162, section 2.1.3.2). */
export function provesInclusion(
  hash: HashFunction,
  { index, size, leaf, root }: InclusionClaim,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(size) || !isCount(index) || index >= size) return false;
  let [at, last, found] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = nodeHash(hash, sibling, found);
      // Where there is no right sibling, the subtree is its parent.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      found = nodeHash(hash, found, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(found, root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether the hashes prove that `later` has grown from `former` (RFC 9162, section 2.1.4.2). */
export function provesConsistency(
  hash: HashFunction,
  former: TreeHead,
  later: TreeHead,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(former.size) || !isCount(later.size) || former.size > later.size) return false;
  if (former.size === 0) return proof.length === 0 && isSame(former.root, emptyRoot(hash));
  if (former.size === later.size) return proof.length === 0 && isSame(former.root, later.root);
  const [first, ...others] = isPowerOfTwo(former.size) ? [former.root, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let [at, last] = [former.size - 1, later.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [old, grown] = [first, first];
  for (const sibling of others) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(hash, sibling, old);
      grown = nodeHash(hash, sibling, grown);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      grown = nodeHash(hash, grown, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(old, former.root) && isSame(grown, later.root);
}

/** Sizes are beyond what bit operations take: 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isPowerOfTwo(size: number): boolean {
  return largestPowerBelow(size + 1) === size;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
