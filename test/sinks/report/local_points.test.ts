import { expect, test } from 'vitest';
import { binOn, localWidths, modelsOf, pullsOfModels } from '../../../sinks/report/local_points.js';
import { variableScale } from '../../../sinks/report/variable_scale.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const zone = report.dangerZone!;
const scale = variableScale(zone)!;

test('a bin is cut where the scale ends, its middle is that of the scale', () => {
  expect(binOn({ low: 100, high: 400, n: 1 }, scale)).toEqual({ from: 100, to: 400, x: 200 });
  expect(binOn({ low: null, high: 100, n: 1 }, scale)!.from).toBe(scale.domain[0]);
  expect(binOn({ low: 1000, high: null, n: 1 }, scale)!.to).toBe(scale.domain[1]);
  expect(binOn({ low: 5000, high: 6000, n: 1 }, scale)).toBeNull();
  const linear = { ...scale, log: false };
  expect(binOn({ low: 100, high: 400, n: 1 }, linear)!.x).toBe(250);
});

test('pulls are those of the models that the danger zone does not have, where they are known', () => {
  expect(modelsOf(report).map(({ model }) => model)).toEqual(['learned', 'declared']);
  const [learned, ...others] = pullsOfModels(report, zone, scale);
  expect(others).toEqual([]);
  expect(learned!.model).toBe('learned');
  const known = report.locality!.byContext.filter(
    ({ variable, pullMean, high }) =>
      variable === 'H_T' && pullMean.value !== null && (high ?? Infinity) > scale.domain[0],
  );
  expect(learned!.points.map(({ y }) => y)).toEqual(known.map(({ pullMean }) => pullMean.value));
});

test('widths have the relative error of their pull width, and steps where they are expected', () => {
  const widths = localWidths(report, 'H_T', scale)!;
  const row = report.locality!.byContext.find(({ variable, low }) => variable === 'H_T' && low === 100)!;
  const point = widths.points.find(({ y }) => y === row.width)!;
  expect(point.error / point.y).toBeCloseTo(row.pullWidth.error! / row.pullWidth.value!, 12);
  expect(widths.expected).toHaveLength(2 * widths.points.length);
  expect(widths.expected.filter(({ y }) => y === row.expectedWidth).map(({ x }) => x)).toEqual([100, 120]);
  const without = structuredClone(report);
  delete without.locality;
  expect(localWidths(without, 'H_T', scale)).toBeNull();
});
