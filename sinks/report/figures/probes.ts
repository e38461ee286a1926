import * as Plot from '@observablehq/plot';
import type { ProbeRow, Report } from '../../../schemas/report.js';
import { intervalMarks, type IntervalPoint } from '../interval_marks.js';
import { shareAxis } from '../share_axis.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { fewEvents } from '../few_events.js';
import { legend } from '../legend.js';
import type { PanelAxis } from '../../page/client/shared/panel_axis.js';
import { panelStack, type Storey } from '../panel_stack.js';
import { fooledWords, probeWords, wholeRows } from '../probe_words.js';
import { sheet, type Figure } from '../sheet.js';
import { endsOf, valueRange } from '../../page/client/shared/value_range.js';
import { windowAxis } from '../window_axis.js';
import { manyWindows } from '../window_marks.js';

interface Series {
  readonly regime: ProbeRow['regime'];
  readonly points: readonly { readonly x: number; readonly row: ProbeRow }[];
}

const [left, width] = [92, 592];

const share = (pick: (row: ProbeRow) => ProbeRow['fooled'], { points }: Series): IntervalPoint[] =>
  points.flatMap(({ x, row }) => {
    const { value, low, high } = pick(row);
    return value === null ? [] : [{ x, y: 100 * value, low: 100 * low, high: 100 * high }];
  });

const excess = ({ points }: Series): IntervalPoint[] =>
  points.flatMap(({ x, row: { difference } }) => {
    const [low, high] = endsOf(difference);
    if (low === undefined || high === undefined) return [];
    return [{ x, y: 100 * difference.value!, low: 100 * low, high: 100 * high }];
  });

/** Shares that are fooled, of the control, and their difference, one panel each. */
function storeys(series: readonly Series[], line: boolean): Storey[] {
  const rows = series.flatMap(({ points }) => points.map(({ row }) => row));
  // Errors of few events do not set the scale; where their points are does.
  const sure = ({ right }: ProbeRow): boolean => right >= fewEvents;
  const y = shareAxis(
    rows.flatMap((row) =>
      [row.fooled, row.random].map((of) => (sure(row) || of.value === null ? of : { ...of, high: of.value })),
    ),
  );
  const domain = valueRange([
    0,
    ...rows
      .flatMap((row) => endsOf(sure(row) ? row.difference : { ...row.difference, error: null }))
      .map((e) => 100 * e),
  ]);
  const style = ({ regime }: Series, what: string) => ({
    ...{ name: `${what}, regime ${regime}`, colour: colourOf(regime), dash: dashOf(regime), line },
  });
  const marks = (what: string, of: (one: Series) => IntervalPoint[], axis: typeof y, open = false) =>
    series.flatMap((one) => intervalMarks(of(one), axis, { ...style(one, what), open }));
  return [
    {
      ...{ y: { title: 'fooled [%]', ...y }, height: 190 },
      marks: marks('fooled', (one) => share(({ fooled }) => fooled, one), y),
    },
    {
      ...{ y: { title: 'control [%]', ...y }, height: 120 },
      marks: marks('control', (one) => share(({ random }) => random, one), y, true),
    },
    {
      ...{ y: { title: 'difference [%]', domain }, height: 120 },
      marks: [Plot.ruleY([0], { strokeOpacity: 0.6 }), ...marks('difference', excess, { domain, log: false })],
    },
  ];
}

function drawProbe(report: Report, whole: readonly ProbeRow[]): Figure[] {
  const [first] = whole;
  if (!first || whole.every(({ fooled }) => fooled.value === null)) return [];
  const rows = (report.probes ?? []).filter(({ probe, window }) => probe === first.probe && window !== null);
  const windows = [...new Set(rows.map(({ window }) => window!))].sort((a, b) => a - b).slice(-manyWindows);
  const overWindows = windows.length > 1;
  // Regimes stand a little apart, so that their error bars do not cover each other.
  const shift = (k: number) => (k - (whole.length - 1) / 2) * Math.min(0.12, 0.5 / whole.length);
  const series = whole.map(({ regime }, k): Series => {
    const own = overWindows ? rows.filter((row) => row.regime === regime && row.window! >= windows[0]!) : [whole[k]!];
    const place = ({ window }: ProbeRow) => (overWindows ? windows.indexOf(window!) + shift(k) : k);
    return { regime, points: own.map((row) => ({ x: place(row), row })) };
  });
  const x: PanelAxis = overWindows
    ? windowAxis(windows, width)
    : {
        ...{ title: 'regime', domain: [-0.6, whole.length - 0.4] },
        ticks: whole.map(({ regime }, at) => ({ at, label: String(regime) })),
      };
  const stack = panelStack(left, width, x, storeys(series, overWindows));
  const entries = whole.map(({ regime, fooled }) => ({
    ...{ mark: 'dot' as const, colour: colourOf(regime), cells: [`${regime}`, fooledWords(fooled)] },
  }));
  const title = `Fooled share${overWindows ? ', window by window' : ' by regime'}: probe ${first.probe}`;
  const description =
    `${title}. Probe ${probeWords(first)}. Share that is fooled among the events that were right, with Wilson ` +
    'intervals (68 %); the control, random changes of the same size; and their difference of the same events, with ' +
    `its standard error. The legend has the share of all events. Errors of fewer than ${fewEvents} events that ` +
    'were right do not set the scale; a triangle marks a value beyond it, such as 0 where it is logarithmic.' +
    (overWindows ? ` The newest ${manyWindows} windows are drawn.` : '');
  return [
    sheet(report, {
      ...{ name: `probes_${first.probe}`, title, description, n: first.sampled },
      height: Math.max(stack.at(-1)!.bottom + 74, 120 + 20 * entries.length),
      parts: [
        ...stack.map(({ svg }) => svg),
        legend(
          712,
          78,
          [
            { at: 34, width: 50 },
            { at: 90, width: 140 },
          ],
          ['regime', 'fooled'],
          entries,
        ),
      ],
    }),
  ];
}

/** Of each probe the fooled share, its control and their difference: over the windows, or by regime without them. */
export const probes = (report: Report): Figure[] => wholeRows(report).flatMap((whole) => drawProbe(report, whole));
