import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countWindow, NO_WINDOWS } from '../../../sinks/prometheus/count_window.js';
import { windowReports } from '../../support/window_reports.js';

const reports = windowReports({ windows: 12, eventsPerWindow: 300, driftFrom: 4, correctedFrom: 7 });
const whole = reports.reduce(countWindow, NO_WINDOWS);

test('events by regime, windows and refits add up', () => {
  expect(whole.windows).toBe(12);
  expect(Object.values(whole.regimes).reduce((sum, n) => sum + n, 0)).toBe(12 * 300);
  for (const regime of [0, 1, 2, 3]) {
    const n = reports.reduce((sum, report) => sum + report.regimes.find((row) => row.regime === regime)!.n, 0);
    expect(whole.regimes[regime]).toBe(n);
  }
  const refits = reports.flatMap(({ online }) => online).length;
  expect(Object.values(whole.corrections).reduce((sum, n) => sum + n, 0)).toBe(refits);
});

test('after a restart that does windows again the counts go on, and never back', () => {
  fc.assert(
    fc.property(fc.nat(11), fc.nat(11), (one, other) => {
      const [again, stopped] = [Math.min(one, other), Math.max(one, other)];
      const stored = JSON.parse(
        JSON.stringify(reports.slice(0, stopped).reduce(countWindow, NO_WINDOWS)),
      ) as typeof whole;
      expect(reports.slice(again).reduce(countWindow, stored)).toEqual(whole);
    }),
  );
});
