import { expect, it } from 'vitest';
import { measure } from '../../../../../../sinks/page/client/figures/drawing/time_series.js';
import { windowReports } from '../../../../../support/window_reports.js';

const reports = windowReports({ windows: 6, eventsPerWindow: 20, response: false });
const values = [1, 2, null, 3, 2, 400];
const pick = ({ index }: { readonly index: number }) => ({ value: values[index]!, error: index === 5 ? 100 : 0.5 });
const panel = { y: 'x [%]', scale: 100, series: [{ name: 'one', colour: '#000000', pick }] };

it('has a point for each window whose value is known, scaled with its error', () => {
  const measured = measure(reports, panel)!;
  expect(measured.series[0]!.points.map(({ x, y, low, high }) => [x, y, low, high])).toEqual([
    [0, 100, 50, 150],
    [1, 200, 150, 250],
    [3, 300, 250, 350],
    [4, 200, 150, 250],
    [5, 40_000, 30_000, 50_000],
  ]);
  expect(measured.rows[2]).toEqual({
    window: 103,
    quantity: 'x [%]',
    series: 'one',
    value: 300,
    error: 50,
    events: 20,
  });
});

it('does not let a value that is hardly known stretch the axis: 50 to 350 with a twelfth of room', () => {
  const [low, high] = measure(reports, panel)!.range;
  expect([low, high]).toEqual([50 - 0.08 * 300, 350 + 0.08 * 300]);
});

it('is nothing where no window knows the quantity', () => {
  expect(measure(reports, { ...panel, series: [{ ...panel.series[0]!, pick: () => undefined }] })).toBeNull();
});
