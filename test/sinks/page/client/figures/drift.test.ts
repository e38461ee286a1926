import { expect, it } from 'vitest';
import { drift } from '../../../../../sinks/page/client/figures/drift.js';
import { drawn, viewOf } from './page_figures.js';

it('gives a share its binomial error, and a quantity of the regime that is looked at alone', () => {
  const view = viewOf(undefined, { regime: 3 });
  const figure = drawn(drift, view)!;
  expect(new Set(figure.rows.filter(({ value }) => value !== null).map((row) => row.series))).toEqual(
    new Set(['3 high H_T, wide']),
  );
  const row = figure.rows.find((one) => one.quantity === 'share [%]' && one.window === 110)!;
  const { n, events } = { n: view.windows[10]!.report.regimes[3]!.n, events: view.windows[10]!.report.events };
  expect(row.value).toBeCloseTo((100 * n) / events, 10);
  expect(row.error).toBeCloseTo(100 * Math.sqrt(((n / events) * (1 - n / events)) / events), 10);
  expect(new Set(figure.rows.map((one) => one.quantity))).toContain('peak [GeV]');
});
