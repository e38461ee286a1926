import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistogramData, PlaneData } from '../../../schemas/report.js';
import { shownHistogram, shownPlane } from '../../../sinks/report/shown.js';

const axisOf = (bins: number) => ({
  variable: 'x',
  title: 'x',
  unit: null,
  edges: [...Array(bins + 1).keys()],
});

const histogramOf = (sum: number[], underflow = 0, overflow = 0): HistogramData => ({
  axis: axisOf(sum.length),
  series: [
    {
      name: 'x',
      regime: 'all',
      n: 0,
      sum,
      errors: sum.map(Math.sqrt),
      underflow,
      underflowError: 0,
      overflow,
      overflowError: 0,
    },
  ],
});

const whole = ({ series: [one] }: HistogramData) =>
  one!.sum.reduce((total, value) => total + value, one!.underflow + one!.overflow);

test('bins are merged and empty ends cut; sums are kept, errors add in quadrature', () => {
  const { axis, series } = shownHistogram(histogramOf([0, 0, 0, 0, 1, 3, 4, 5, 0, 0, 0, 0], 2, 3), 2);
  expect(axis.edges).toEqual([4, 6, 8]);
  expect(series[0]!.sum).toEqual([4, 9]);
  expect(series[0]!.errors[0]).toBeCloseTo(2, 12);
  expect(series[0]!.errors[1]).toBeCloseTo(3, 12);
  expect([series[0]!.underflow, series[0]!.overflow]).toEqual([2, 3]);
});

test('what is cut with `lost` goes into the flow bins', () => {
  const { axis, series } = shownHistogram(histogramOf([1, 0, 0, 499, 499, 0, 0, 1]), 8, 0.002);
  expect(axis.edges).toEqual([3, 4, 5]);
  expect([series[0]!.underflow, series[0]!.overflow]).toEqual([1, 1]);
});

test('no event is lost, whatever is cut and merged', () => {
  const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 60 });
  fc.assert(
    fc.property(
      counts,
      fc.nat(9),
      fc.integer({ min: 2, max: 20 }),
      fc.double({ min: 0, max: 0.2 }),
      (sum, under, most, lost) => {
        const data = histogramOf(sum, under);
        const shown = shownHistogram(data, most, Number.isNaN(lost) ? 0 : lost);
        expect(whole(shown)).toBe(whole(data));
        expect(shown.axis.edges).toHaveLength(shown.series[0]!.sum.length + 1);
      },
    ),
  );
});

test('nor is one of a plane', () => {
  const cells = fc.array(fc.nat(5), { minLength: 48, maxLength: 48 });
  fc.assert(
    fc.property(cells, fc.integer({ min: 2, max: 8 }), (n, most) => {
      const plane: PlaneData = { x: axisOf(8), y: axisOf(6), n, outside: 3 };
      const shown = shownPlane(plane, most, 0.01);
      const total = (all: PlaneData) => all.n.reduce((sum, count) => sum + count, all.outside);
      expect(total(shown)).toBe(total(plane));
      expect(shown.n).toHaveLength((shown.x.edges.length - 1) * (shown.y.edges.length - 1));
    }),
  );
});
