import { describe, expect, it } from 'vitest';
import { detect } from '../../../operators/probes/detector.js';
import { normals, standardDeviation } from '../response/reference.js';
import { keysOf } from './merit.js';

const events = 8000;
const features = 6;
const { keyLo, keyHi } = keysOf(events);
const sample = (stream: number): Float64Array[] =>
  Array.from({ length: features }, (_, j) => Float64Array.from(normals(events, stream + j)));
const nominal = sample(0);
const change = (j: number, value: (x: number, i: number) => number): Float64Array[] =>
  nominal.map((column, k) => (k === j ? column.map(value) : column));
const shareOf = (flags: Uint8Array): number => flags.reduce((a, b) => a + b, 0) / flags.length;

describe('detector', () => {
  it('cannot tell events from their copies: AUC 0.5, exactly', () => {
    const found = detect(nominal, nominal, keyLo, keyHi, 1);
    expect(found.auc.value).toBe(0.5);
    expect(found.auc.error).toBeGreaterThan(0);
    expect(found.toldApart).toEqual(found.falseAlarm);
  });

  it('finds a shift of half a standard deviation, as well as can be', () => {
    const found = detect(
      nominal,
      change(2, (x) => x + 0.5),
      keyLo,
      keyHi,
      1,
    );
    // The best of all classifiers has Φ(½ / √2) and tells 12.6 % apart at 5 % false alarms: Φ(−1.6449 + ½).
    expect(Math.abs(found.auc.value! - 0.638163)).toBeLessThan(0.012);
    expect(shareOf(found.falseAlarm)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(shareOf(found.toldApart) - 0.126)).toBeLessThan(0.02);
  });

  it('finds a change of correlation that leaves the marginals alone', () => {
    const found = detect(
      nominal,
      change(1, (x, i) => 0.5 * nominal[4]![i]! + Math.sqrt(0.75) * x),
      keyLo,
      keyHi,
      1,
    );
    expect((found.auc.value! - 0.5) / found.auc.error!).toBeGreaterThan(5);
    expect(found.auc.value).toBeGreaterThan(0.57);
  });

  it('is not taken in by events that have changed but follow the same law, and knows its error', () => {
    const n = 1000;
    const few = (stream: number): Float64Array[] =>
      [0, 1, 2].map((j) => Float64Array.from(normals(n, 100 + stream + j)));
    const keys = keysOf(n);
    const found = Array.from(
      { length: 25 },
      (_, k) => detect(few(10 * k), few(10 * k + 5), keys.keyLo, keys.keyHi, k).auc,
    );
    const values = found.map(({ value }) => value! - 0.5);
    const error = found.reduce((sum, each) => sum + each.error!, 0) / 25;
    expect(Math.abs(values.reduce((a, b) => a + b, 0) / 25)).toBeLessThan((3.5 * error) / 5);
    expect(standardDeviation(values) / error).toBeGreaterThan(0.6);
    expect(standardDeviation(values) / error).toBeLessThan(1.4);
  });

  it('gives the same bits whatever the order of the events', () => {
    const moved = change(0, (x) => x * 1.3);
    const order = [...Array(events).keys()].sort((a, b) => ((a * 3571) % events) - ((b * 3571) % events));
    const pick = (columns: readonly Float64Array[]): Float64Array[] =>
      columns.map((column) => Float64Array.from(order, (i) => column[i]!));
    const key = (words: Uint32Array): Uint32Array => Uint32Array.from(order, (i) => words[i]!);
    const plain = detect(nominal, moved, keyLo, keyHi, 3);
    const other = detect(pick(nominal), pick(moved), key(keyLo), key(keyHi), 3);
    expect(other.auc).toEqual(plain.auc);
    expect(other.toldApart).toEqual(Uint8Array.from(order, (i) => plain.toldApart[i]!));
  });

  it('says why where it learns nothing', () => {
    const few = nominal.map((column) => column.subarray(0, 60));
    const found = detect(few, few, keyLo.subarray(0, 60), keyHi.subarray(0, 60), 1);
    expect(found.auc).toEqual({ value: null, error: null, reason: 'fewer than 50 events in a fold' });
    expect(shareOf(found.toldApart)).toBe(0);
    expect(detect([], [], keyLo, keyHi, 1).auc.reason).toBe('no features');
  });

  it('bears missing values', () => {
    const holes = nominal.map((column) => column.map((x, i) => (i % 3 === 0 ? NaN : x)));
    const found = detect(
      holes,
      holes.map((column, j) => (j === 0 ? column.map((x) => x + 1) : column)),
      keyLo,
      keyHi,
      1,
    );
    expect(found.auc.value).toBeGreaterThan(0.6);
  });
});
