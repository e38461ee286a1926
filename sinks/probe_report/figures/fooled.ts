import * as Plot from '@observablehq/plot';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { legend, type LegendEntry } from '../../report/legend.js';
import { panelStack } from '../../report/panel_stack.js';
import type { Figure } from '../../report/sheet.js';
import { endsOf, valueRange } from '../../page/client/shared/value_range.js';
import { plain, regimesOf, regimeWords, shareWords, type Fooling, type Share, triesWords } from '../entries.js';
import { headlineOf } from '../headline.js';
import { intervalMarks, type IntervalPoint } from '../../report/interval_marks.js';
import { probeSheet } from '../probe_sheet.js';
import { shareAxis } from '../../report/share_axis.js';
import { sizeAxis } from '../size_axis.js';

interface Curve {
  readonly title: string;
  readonly key: string;
  readonly colour: string;
  readonly dash: string;
  readonly rows: readonly Fooling[];
}

const [left, width] = [92, 592];

function drawCurves(report: ProbeReport, name: string, title: string, curves: readonly Curve[], at: number): Figure[] {
  const rows = curves.flatMap((curve) => curve.rows);
  if (rows.every(({ fooled }) => fooled.value === null)) return [];
  const x = sizeAxis(rows.map(({ size }) => size));
  const y = shareAxis(rows.flatMap(({ fooled, random }) => [fooled, random]));
  const excess = valueRange([0, ...rows.flatMap(({ difference }) => endsOf(difference).map((end) => 100 * end))]);
  const place = (k: number, size: number, value: number | null, low: number, high: number): IntervalPoint[] =>
    value === null ? [] : [{ x: x.at(size, k, curves.length), y: 100 * value, low: 100 * low, high: 100 * high }];
  const shares = (k: number, pick: (row: Fooling) => Share) =>
    curves[k]!.rows.flatMap((row) => place(k, row.size, pick(row).value, pick(row).low, pick(row).high));
  const differences = (k: number) =>
    curves[k]!.rows.flatMap(({ size, difference: { value, error } }) =>
      place(k, size, value, (value ?? 0) - (error ?? 0), (value ?? 0) + (error ?? 0)),
    );
  const stack = panelStack(left, width, x.axis, [
    {
      y: { title: 'fooled [%]', ...y },
      height: 300,
      marks: curves.flatMap(({ key, colour, dash }, k) => [
        ...intervalMarks(
          shares(k, (row) => row.random),
          y,
          { name: `random, ${key}`, colour, open: true, line: true },
        ),
        ...intervalMarks(
          shares(k, (row) => row.fooled),
          y,
          { name: `fooled, ${key}`, colour, dash, line: true },
        ),
      ]),
    },
    {
      y: { title: 'fooled − random [%]', domain: excess },
      height: 136,
      marks: [
        Plot.ruleY([0], { strokeOpacity: 0.6 }),
        ...curves.flatMap(({ key, colour, dash }, k) =>
          intervalMarks(differences(k), { domain: excess }, { name: `difference, ${key}`, colour, dash, line: true }),
        ),
      ],
    },
  ]);
  const entries = curves.flatMap(({ title: cell, colour, rows: own }): LegendEntry[] => {
    const row = own.find(({ size }) => size === at);
    const rest = (words: string): LegendEntry => ({ mark: 'none', colour: '', cells: [words] });
    return [
      { mark: 'dot', colour, cells: [cell] },
      ...(row ? [rest(`${shareWords(row.fooled)} at s = ${at}`)] : []),
      { mark: 'open', colour, cells: [row ? `random ${shareWords(row.random)}` : 'random'] },
    ];
  });
  const among = report.kind === 'classify' ? ' among the events that were right' : '';
  const description =
    `${title}. Upper panel: share that is fooled${among}, with Wilson intervals (68 %); hollow squares on dashed lines: ` +
    `the control, ${triesWords(report)} of the same size under the same constraints. ` +
    'Lower panel: their difference, of the same events, with its standard error. Points stand a little apart. ' +
    `A triangle marks a value beyond the panel${y.log ? ', such as 0' : ''}.`;
  return [
    probeSheet(report, {
      name,
      title,
      description,
      height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length),
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}

/** Fooled share against size: of all events by attack, and of each attack by regime, over the control. */
export function fooled(report: ProbeReport): Figure[] {
  const headline = headlineOf(report);
  if (!headline) return [];
  const rowsOf = (attack: string, regime: Fooling['regime']) =>
    report.fooling.filter((row) => row.attack === attack && row.regime === regime).sort((a, b) => a.size - b.size);
  const attacks = report.attacks.map(({ name }, i): Curve => ({
    ...{ title: plain(name), key: name, colour: colourOf(i), dash: dashOf(i), rows: rowsOf(name, 'all') },
  }));
  const ids = regimesOf(report);
  const byRegime = [headline.attack, ...report.attacks.filter((one) => one !== headline.attack)].flatMap(({ name }) => {
    const curves = ids.map((id): Curve => ({
      ...{ title: regimeWords(report, id), key: `regime ${id}`, colour: colourOf(id), dash: dashOf(id) },
      rows: rowsOf(name, id),
    }));
    const shown = curves.filter(({ rows }) => rows.some((row) => row.fooled.value !== null));
    return drawCurves(
      report,
      `fooled_by_regime_${name}`,
      `Fooled share against size, by regime: ${plain(name)}`,
      shown,
      headline.size,
    );
  });
  return [
    ...drawCurves(report, 'fooled_all', 'Fooled share against size, all regimes, by attack', attacks, headline.size),
    ...byRegime,
  ];
}
