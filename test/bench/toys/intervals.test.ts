import { describe, expect, it } from 'vitest';
import { intervalRows, type Intervals } from '../../../bench/toys/intervals.js';
import { normals } from '../../operators/response/reference.js';

const of = (value: number | null, error: number | null): Intervals => {
  const places = { all: { value, error, n: 100 } };
  return { bias: places, median: places, sigma68: places };
};

describe('intervalRows', () => {
  it('covers as often as a Gaussian does', () => {
    const rows = intervalRows(
      normals(4000, 3).map((z) => of(1 + 0.1 * z, 0.1)),
      of(1, 0),
    );
    const [all, square, place] = rows;
    expect(Math.abs(all!.value! - 0.95)).toBeLessThan(4 * all!.error!);
    expect(all!.error).toBeCloseTo(Math.sqrt((0.95 * 0.05) / 4000), 3);
    expect(Math.abs(square!.value! - 1)).toBeLessThan(4 * square!.error!);
    expect(place).toMatchObject({ what: 'bias: all', n: 4000, value: all!.value });
  });

  it('sees errors that are too small, and reckons with that of the truth', () => {
    const samples = normals(4000, 3).map((z) => of(1 + 0.1 * z, 0.05));
    expect(intervalRows(samples, of(1, 0))[0]!.value).toBeLessThan(0.72);
    expect(intervalRows(samples, of(1, Math.sqrt(0.0075)))[0]!.value).toBeGreaterThan(0.93);
  });

  it('leaves out what has no value or no error', () => {
    const rows = intervalRows([of(null, null), of(1, null), of(1, 0.1)], of(1, 0));
    expect(rows.find(({ what }) => what === 'bias: all')).toMatchObject({ n: 1, value: 1 });
  });
});
