import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeld } from '../../../operators/probes/blocks.js';
import { project, pullsOf, sizesOf } from '../../../operators/probes/envelope.js';
import type { Envelope, ProbedEvents } from '../../../operators/probes/types.js';
import { allRows, choleskyOf, envelopeOf, eventsOf } from '../../support/linear_objective.js';

const inverse = (matrix: readonly (readonly number[])[]): number[][] => {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = work[i]![i]!;
    work[i] = work[i]!.map((value) => value / pivot);
    for (let k = 0; k < n; k++) {
      const factor = work[k]![i]!;
      if (k !== i) work[k] = work[k]!.map((value, c) => value - factor * work[i]![c]!);
    }
  }
  return work.map((row) => row.slice(n));
};

/** max |u_j| and √(uᵀ R⁻¹ u) over what may move, from the correlation matrix itself. */
function sizeFromMatrix(envelope: Envelope, events: ProbedEvents, i: number, x: readonly Float64Array[]): number {
  const u = x.map((column, j) =>
    isHeld(envelope, events, j, i) ? 0 : (column[i]! - events.x[j]![i]!) / events.sigma[j]![i]!,
  );
  const grouped = new Set(envelope.groups.flatMap(({ members }) => members));
  let size = Math.max(0, ...u.map((value, j) => (grouped.has(j) ? 0 : Math.abs(value))));
  for (const { members, cholesky } of envelope.groups) {
    const g = members.length;
    const kept = members.map((_, m) => m).filter((m) => !isHeld(envelope, events, members[m]!, i));
    const r = kept.map((a) =>
      kept.map((b) => members.reduce((sum, _, m) => sum + cholesky[a * g + m]! * cholesky[b * g + m]!, 0)),
    );
    const weight = inverse(r);
    let square = 0;
    kept.forEach((a, p) => {
      kept.forEach((b, q) => (square += u[members[a]!]! * weight[p]![q]! * u[members[b]!]!));
    });
    size = Math.max(size, Math.sqrt(Math.max(0, square)));
  }
  return size;
}

/** A correlation matrix from a random factor; the identity is mixed in so that it can be inverted in a test. */
function correlationOf(g: number, numbers: readonly number[]): number[][] {
  const rows = Array.from({ length: g }, (_, a) => Array.from({ length: g }, (_, b) => numbers[(a * g + b) % 16]!));
  const product = rows.map((p, a) =>
    rows.map((q, b) => p.reduce((sum, value, k) => sum + value * q[k]!, a === b ? 0.3 : 0)),
  );
  return product.map((row, a) => row.map((value, b) => value / Math.sqrt(product[a]![a]! * product[b]![b]!)));
}

const any = fc.double({ min: -20, max: 20, noNaN: true });
const card = fc.integer({ min: 1, max: 7 }).chain((d) =>
  fc.record({
    d: fc.constant(d),
    low: fc.array(fc.oneof(fc.constant(-Infinity), fc.double({ min: -6, max: 0, noNaN: true })), {
      minLength: d,
      maxLength: d,
    }),
    high: fc.array(fc.oneof(fc.constant(Infinity), fc.double({ min: 0, max: 6, noNaN: true })), {
      minLength: d,
      maxLength: d,
    }),
    step: fc.array(fc.constantFrom(0, 0, 0, 1, 0.1, 0.25), { minLength: d, maxLength: d }),
    grouped: fc.integer({ min: 0, max: d }),
    numbers: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
    x: fc.array(
      fc.array(fc.oneof(any, fc.integer({ min: -6, max: 6 }), fc.constant(NaN)), { minLength: 3, maxLength: 3 }),
      { minLength: d, maxLength: d },
    ),
    sigma: fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 3, noNaN: true })), { minLength: 3, maxLength: 3 }),
      { minLength: d, maxLength: d },
    ),
    to: fc.array(
      fc.array(fc.oneof(any, fc.constantFrom(Infinity, -Infinity, NaN, 1e300)), { minLength: 3, maxLength: 3 }),
      { minLength: d, maxLength: d },
    ),
    size: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 8, noNaN: true })),
  }),
);

describe('project', () => {
  it('never leaves the envelope, whatever the card, the event and the proposal', () => {
    fc.assert(
      fc.property(card, ({ d, low, high, step, grouped, numbers, x, sigma, to, size }) => {
        const members = Array.from({ length: grouped }, (_, j) => d - 1 - j);
        const groups = grouped > 1 ? [{ members, correlation: correlationOf(grouped, numbers) }] : [];
        const envelope = envelopeOf(d, { low, high, step, groups });
        const onGrid = x.map((column, j) =>
          column.map((v) => (step[j]! > 0 && v > 2 ? Math.round(v / step[j]!) * step[j]! : v)),
        );
        const events = eventsOf(onGrid, sigma);
        const moved = to.map((column) => Float64Array.from(column));
        project(envelope, events, allRows(3), moved, size);
        const sizes = sizesOf(envelope, events, allRows(3), moved);
        for (let i = 0; i < 3; i++) {
          expect(sizes[i]).toBeLessThanOrEqual(size * (1 + 1e-12));
          expect(sizeFromMatrix(envelope, events, i, moved)).toBeCloseTo(sizes[i]!, 6);
          for (let j = 0; j < d; j++) {
            const value = moved[j]![i]!;
            if (isHeld(envelope, events, j, i)) expect(value).toBe(events.x[j]![i]);
            else {
              expect(value).toBeGreaterThanOrEqual(low[j]!);
              expect(value).toBeLessThanOrEqual(high[j]!);
              if (step[j]! > 0) expect(Math.abs(value / step[j]! - Math.round(value / step[j]!))).toBeLessThan(1e-8);
            }
          }
        }
        const again = moved.map((column) => column.slice());
        project(envelope, events, allRows(3), again, size);
        expect(again).toEqual(moved);
      }),
      { numRuns: 300 },
    );
  });

  const move = (envelope: Envelope, events: ProbedEvents, to: readonly number[], size: number): number[] => {
    const x = to.map((value) => Float64Array.of(value));
    project(envelope, events, allRows(1), x, size);
    return x.map((column) => column[0]!);
  };

  it('keeps a discrete value inside a range whose end is a rounding error off the grid', () => {
    const events = eventsOf([[0], [0]], [[1], [1]]);
    const envelope = envelopeOf(2, { low: [-5.99999999975, -1], high: [1, 0.3], step: [0.25, 0.1] });
    expect(move(envelope, events, [-7, 0.3], 8)).toEqual([-5.99999999975, 0.3]);
  });

  it('shrinks a single feature to s σ and a group as a whole', () => {
    const events = eventsOf([[1], [2], [3]], [[0.5], [1], [2]]);
    const groups = [
      {
        members: [1, 2],
        correlation: [
          [1, 0.6],
          [0.6, 1],
        ],
      },
    ];
    // u = (1, 1): uᵀ R⁻¹ u = 2 / (1 + 0.6) = 1.25
    const [a, b, c] = move(envelopeOf(3, { groups }), events, [9, 3, 5], 1);
    expect(a).toBe(1.5);
    expect(b).toBeCloseTo(2 + 1 / Math.sqrt(1.25), 12);
    expect(c).toBeCloseTo(3 + 2 / Math.sqrt(1.25), 12);
  });

  it('brings a group back into its ellipsoid after a range has cut one of it', () => {
    const events = eventsOf([[0], [0]], [[1], [1]]);
    const groups = [
      {
        members: [0, 1],
        correlation: [
          [1, 0.99],
          [0.99, 1],
        ],
      },
    ];
    const x = move(envelopeOf(2, { high: [0, Infinity], groups }), events, [1, 1], 1);
    expect(x[0]).toBe(0);
    expect(x[1]).toBeCloseTo(Math.sqrt(1 - 0.99 ** 2), 9);
  });

  it('takes the multiple of the step on the side of the nominal value, also where 0.3 is not 3 × 0.1', () => {
    const events = eventsOf([[0.5]], [[1]]);
    const envelope = envelopeOf(1, { step: [0.1] });
    expect(move(envelope, events, [5], 0.3)).toEqual([0.8]);
    expect(move(envelope, events, [0.69], 9)[0]).toBeCloseTo(0.6, 12);
    expect(move(envelope, events, [0.31], 9)[0]).toBeCloseTo(0.4, 12);
    expect(move(envelope, events, [0.55], 9)[0]).toBe(0.5);
  });

  it('holds what is outside its range or off its grid itself', () => {
    const events = eventsOf([[7], [0.5]], [[1], [1]]);
    expect(move(envelopeOf(2, { high: [5, 5], step: [0, 1] }), events, [4, 1], 9)).toEqual([7, 0.5]);
  });

  it('holds the size where the value is large beside its uncertainty', () => {
    const events = eventsOf([[1e9]], [[1e-6]]);
    const x = [Float64Array.of(2e9)];
    project(envelopeOf(1), events, allRows(1), x, 1);
    expect(sizesOf(envelopeOf(1), events, allRows(1), x)[0]).toBeLessThanOrEqual(1);
    expect(x[0]![0]).toBeGreaterThan(1e9);
  });
});

describe('pullsOf and sizesOf', () => {
  it('leave a held member out of its group: the others keep their own correlation', () => {
    const correlation = [
      [1, 0.5, 0.9],
      [0.5, 1, 0.3],
      [0.9, 0.3, 1],
    ];
    const envelope = envelopeOf(3, { groups: [{ members: [0, 1, 2], correlation }] });
    const events = eventsOf([[0], [0], [NaN]], [[1], [1], [1]]);
    const x = [Float64Array.of(1), Float64Array.of(-1), Float64Array.of(NaN)];
    // uᵀ R⁻¹ u = 2 / (1 - 0.5) for the two that are left
    expect(sizesOf(envelope, events, allRows(1), x)[0]).toBeCloseTo(2, 12);
    expect(choleskyOf(correlation)).toEqual(envelope.groups[0]!.cholesky);
  });

  it('show a held value that was moved as infinite', () => {
    const events = eventsOf([[1], [2]], [[0], [1]]);
    const x = [Float64Array.of(1.5), Float64Array.of(1)];
    expect(pullsOf(envelopeOf(2), events, allRows(1), x)).toEqual([Float64Array.of(Infinity), Float64Array.of(-1)]);
    expect(sizesOf(envelopeOf(2), events, allRows(1), x)[0]).toBe(Infinity);
  });
});
