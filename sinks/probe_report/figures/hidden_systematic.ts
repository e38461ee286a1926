import * as Plot from '@observablehq/plot';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { formatPlain } from '../../page/client/shared/format_estimate.js';
import { bandOpacity, legend, type LegendEntry } from '../../report/legend.js';
import { panelStack } from '../../report/panel_stack.js';
import type { Figure } from '../../report/sheet.js';
import { valueRange } from '../../page/client/shared/value_range.js';
import { plain, regimesOf, regimeWords, type Hidden } from '../entries.js';
import { headlineOf } from '../headline.js';
import { hiddenSeries, type HiddenSeries } from '../hidden_points.js';
import { intervalMarks } from '../../report/interval_marks.js';
import { probeSheet } from '../probe_sheet.js';

const [left, width] = [92, 592];

/** A band a regime, of ± what one input at a time gives. */
const bandMarks = (bars: readonly { i: number; value: number }[]): unknown =>
  Plot.rect(
    bars.map(({ i, value }) => ({ x1: i + 0.06, x2: i + 0.94, low: -value, high: value })),
    {
      ...{ x1: 'x1', x2: 'x2', y1: 'low', y2: 'high', fill: 'currentColor', fillOpacity: bandOpacity('currentColor') },
      ariaDescription: 'one at a time',
    },
  );

const styleOf = (what: string, { attack, control, k }: HiddenSeries) => ({
  ...{ name: `${what}, ${control ? 'random' : 'attack'}, ${attack}`, colour: colourOf(k), open: control },
});

function hiddenFigure(report: ProbeReport, quantity: string, rows: readonly Hidden[], size: number): Figure[] {
  const ids = regimesOf(report).filter((id) => rows.some((row) => row.regime === id && row.shift.value !== null));
  const names = report.attacks.map(({ name }) => name).filter((name) => rows.some(({ attack }) => attack === name));
  if (ids.length === 0 || names.length === 0) return [];
  const unit = rows[0]?.unit ?? null;
  const series = hiddenSeries(rows, ids, names);
  // One input at a time does not depend on the attack.
  const bars = ids.flatMap((id, i) => {
    const today = rows.find(({ regime }) => regime === id)?.oneAtATime.value ?? null;
    return today === null ? [] : [{ i, value: today }];
  });
  const ends = series.flatMap(({ shifts }) => shifts.flatMap(({ low, high }) => [low, high]));
  const domain = valueRange([0, ...bars.flatMap(({ value }) => [-value, value]), ...ends]);
  // Ratios that are not known to their own size do not set the scale.
  const times = series.flatMap((one) => one.times.map(({ y, low, high }) => (low > 0 ? high : y)));
  const below = [0, valueRange([0, 1.1, ...times])[1]] as const;
  const stack = panelStack(
    left,
    width,
    { title: 'regime', domain: [0, ids.length], ticks: ids.map((id, i) => ({ at: i + 0.5, label: String(id) })) },
    [
      {
        y: { title: `shift of ${plain(quantity)}${unit === null ? '' : ` [${unit}]`}`, domain },
        height: 250,
        marks: [
          bandMarks(bars),
          Plot.ruleY([0], { strokeOpacity: 0.6 }),
          ...series.flatMap((one) => intervalMarks(one.shifts, { domain }, styleOf('shift', one))),
        ],
      },
      {
        y: { title: '|shift| / one at a time', domain: below },
        height: 150,
        marks: [
          Plot.ruleY([1], { strokeOpacity: 0.6 }),
          ...series.flatMap((one) => intervalMarks(one.times, { domain: below }, styleOf('times', one))),
        ],
      },
    ],
  );
  const entries: LegendEntry[] = [
    ...names.map((name, k): LegendEntry => ({ mark: 'dot', colour: colourOf(k), cells: [plain(name)] })),
    { mark: 'open', colour: 'currentColor', cells: ['random, beside its attack'] },
    { mark: 'band', colour: 'currentColor', cells: ['± one input at a time'] },
    ...ids
      .filter((id) => id !== 'all')
      .map((id): LegendEntry => ({ mark: 'none', colour: '', cells: [regimeWords(report, id)] })),
  ];
  const title = `Hidden systematic: shift of the ${plain(quantity)}, by regime`;
  const description =
    `${title}, at s = ${formatPlain(size)}. Discs: perturbed − nominal on the same events; hollow squares: one random step of each event, of the same size and under the same constraints; ` +
    'band: the root of the sum of squares of the shifts by ±1σ of one input (or group) at a time, which is what an analysis would quote. ' +
    'Lower panel: size of the shift over that, the two taken as independent. Bars: standard errors. A triangle marks a value beyond the panel.';
  return [
    probeSheet(report, {
      ...{ name: `hidden_${quantity}`, title, description },
      height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length),
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}

/** What allowed changes do to a measured quantity, beside the control and one-at-a-time variations, by regime. */
export function hiddenSystematic(report: ProbeReport): Figure[] {
  const size = headlineOf(report)?.size;
  if (size === undefined) return [];
  const rows = report.hidden.filter((row) => row.size === size);
  return [...new Set(rows.map(({ quantity }) => quantity))].flatMap((quantity) => {
    const own = rows.filter((row) => row.quantity === quantity);
    return hiddenFigure(report, quantity, own, size);
  });
}
