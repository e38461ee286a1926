import { expect, it } from 'vitest';
import { sigma68 } from '../../../../../sinks/page/client/figures/sigma68.js';
import { drawn, viewOf } from './page_figures.js';

it('has every bin of every context variable, with the reference beside', () => {
  const view = viewOf(undefined, { selected: [15, 15] });
  const figure = drawn(sigma68, view)!;
  const known = view.windows[15]!.report.byContext.filter((row) => row.sigma68?.value !== null);
  const raw = figure.rows.filter((row) => row.series === 'raw (no correction in effect)');
  expect(raw).toHaveLength(known.length);
  known.forEach((row) => {
    const unit = row.variable === 'H_T' ? ' GeV' : '';
    const shown = raw.find((one) => one.variable === row.variable && one[`from${unit}`] === row.low)!;
    expect(shown['σ68 of δ [%]']).toBeCloseTo(100 * row.sigma68!.value!, 10);
  });
  expect(figure.rows.some((row) => row.series === 'reference')).toBe(true);
});

it('has the corrected response beside the raw one where a correction was in effect', () => {
  const view = viewOf(undefined, { selected: [22, 22] });
  const figure = drawn(sigma68, view)!;
  const known = view.windows[22]!.report.byContext.filter((row) => row.correctedSigma68?.value !== null);
  const corrected = figure.rows.filter((row) => row.series === 'corrected');
  expect(corrected).toHaveLength(known.length);
  known.forEach((row) => {
    const unit = row.variable === 'H_T' ? ' GeV' : '';
    const shown = corrected.find((one) => one.variable === row.variable && one[`from${unit}`] === row.low)!;
    expect(shown['σ68 of δ [%]']).toBeCloseTo(100 * row.correctedSigma68!.value!, 10);
  });
  expect(figure.rows.filter((row) => row.series === 'raw')).toHaveLength(corrected.length);
});
