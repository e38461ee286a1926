import { hashKey } from '../../operators/hash.js';
import { wrongPipeline } from '../../operators/problem.js';
import { keyOrder } from './key_order.js';

/**
 * The 64-bit keys (identity.ts) of a window's events, to tell its duplicates. Plain data: open addressing with linear
 * probing (Knuth, The Art of Computer Programming 3, § 6.4) over pairs [lo, hi], at most half full; the pair 0, 0 is an
 * empty slot, so the key 0 is kept apart. 16 to 32 bytes a key.
 */
export interface KeySet {
  readonly window: number;
  /** Most keys it may hold. */
  readonly most: number;
  size: number;
  zero: boolean;
  slots: Uint32Array;
}

/** The keys rising as unsigned numbers hi · 2^32 + lo: equal sets have equal bytes. */
export interface SettledKeys {
  readonly window: number;
  readonly lo: Uint32Array;
  readonly hi: Uint32Array;
}

const SEED = 0xd0b1e;
const LEAST_SLOTS = 64;

/** An empty set; it need not grow up to `expected` keys (the size of the window before, say). */
export function newKeySet(window: number, most: number, expected = 0): KeySet {
  let slots = LEAST_SLOTS;
  while (slots < 2 * Math.min(expected, most)) slots *= 2;
  return { window, most, size: 0, zero: false, slots: new Uint32Array(2 * slots) };
}

/** Adds a key; false if it was there. A key beyond the set's bound is a Problem (2). */
export function addKey(set: KeySet, lo: number, hi: number): boolean {
  const { slots } = set;
  if (lo === 0 && hi === 0) {
    if (set.zero) return false;
    countKey(set);
    set.zero = true;
    return true;
  }
  const mask = slots.length - 2;
  let at = (hashKey(SEED, lo, hi) << 1) & mask;
  while (slots[at] !== 0 || slots[at + 1] !== 0) {
    if (slots[at] === lo && slots[at + 1] === hi) return false;
    at = (at + 2) & mask;
  }
  countKey(set);
  slots[at] = lo;
  slots[at + 1] = hi;
  if (4 * set.size > slots.length) grow(set);
  return true;
}

function countKey(set: KeySet): void {
  if (set.size >= set.most) {
    throw wrongPipeline(
      `window ${set.window}: more than ${set.most} events of one partition to tell duplicates among; make windows smaller, or --set identity=position`,
    );
  }
  set.size++;
}

function grow(set: KeySet): void {
  const old = set.slots;
  const slots = new Uint32Array(2 * old.length);
  const mask = slots.length - 2;
  for (let from = 0; from < old.length; from += 2) {
    const lo = old[from]!;
    const hi = old[from + 1]!;
    if (lo === 0 && hi === 0) continue;
    let at = (hashKey(SEED, lo, hi) << 1) & mask;
    while (slots[at] !== 0 || slots[at + 1] !== 0) at = (at + 2) & mask;
    slots[at] = lo;
    slots[at + 1] = hi;
  }
  set.slots = slots;
}

/** The canonical form, for checkpoints. The set stays as it is. */
export function settleKeys({ window, size, zero, slots }: KeySet): SettledKeys {
  const lo = new Uint32Array(size);
  const hi = new Uint32Array(size);
  let n = zero ? 1 : 0;
  for (let at = 0; at < slots.length; at += 2) {
    if (slots[at] === 0 && slots[at + 1] === 0) continue;
    lo[n] = slots[at]!;
    hi[n++] = slots[at + 1]!;
  }
  const order = keyOrder(lo, hi, size);
  return { window, lo: order.map((row) => lo[row]!), hi: order.map((row) => hi[row]!) };
}

export function restoreKeys(settled: SettledKeys, most: number): KeySet {
  const set = newKeySet(settled.window, most, settled.lo.length);
  addKeys(set, settled.lo, settled.hi);
  return set;
}

/** Adds the keys of another set of the same window; how many of them were there already. */
export function mergeKeys(into: KeySet, from: KeySet): number {
  const { lo, hi } = settleKeys(from);
  return addKeys(into, lo, hi);
}

function addKeys(set: KeySet, lo: Uint32Array, hi: Uint32Array): number {
  let repeated = 0;
  for (let i = 0; i < lo.length; i++) if (!addKey(set, lo[i]!, hi[i]!)) repeated++;
  return repeated;
}
