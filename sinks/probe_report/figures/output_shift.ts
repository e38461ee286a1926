import * as Plot from '@observablehq/plot';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import type { Estimate } from '../../../schemas/report.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { legend, type LegendEntry } from '../../report/legend.js';
import { panelStack, type Storey } from '../../report/panel_stack.js';
import type { Figure } from '../../report/sheet.js';
import { endsOf, valueRange } from '../../page/client/shared/value_range.js';
import { plain, regimesOf, regimeWords, type RegimeId } from '../entries.js';
import { headlineOf } from '../headline.js';
import { intervalMarks } from '../../report/interval_marks.js';
import { probeSheet } from '../probe_sheet.js';
import { sizeAxis } from '../size_axis.js';

type Row = ProbeReport['outputShift'][number];

const [left, width] = [92, 592];

function shiftFigure(report: ProbeReport, attack: string): Figure[] {
  const rows = report.outputShift.filter((row) => row.attack === attack).sort((a, b) => a.size - b.size);
  const known = (id: RegimeId) => rows.some(({ regime, mean }) => regime === id && mean.value !== null);
  const ids = regimesOf(report).filter(known);
  if (ids.length === 0) return [];
  const unit = report.kind === 'regress' ? 'resolutions' : 'logits';
  const x = sizeAxis(rows.map(({ size }) => size));
  const storey = (what: string, height: number, pick: (row: Row) => Estimate): Storey => {
    const range = valueRange([0, ...rows.flatMap((row) => endsOf(pick(row)))]);
    const domain = what === 'σ68' ? ([0, range[1]] as const) : range;
    const marks = ids.flatMap((id, k) => {
      const points = rows.flatMap((row) => {
        const { value, error } = pick(row);
        if (row.regime !== id || value === null) return [];
        const half = error ?? 0;
        return [{ x: x.at(row.size, k, ids.length), y: value, low: value - half, high: value + half }];
      });
      const style = { name: `${what}, regime ${id}`, colour: colourOf(id), dash: dashOf(id), line: true };
      return intervalMarks(points, { domain }, style);
    });
    const base = what === 'mean' ? [Plot.ruleY([0], { strokeOpacity: 0.6 })] : [];
    return { y: { title: `${what} [${unit}]`, domain }, height, marks: [...base, ...marks] };
  };
  const stack = panelStack(left, width, x.axis, [
    storey('mean', 200, ({ mean }) => mean),
    storey('σ68', 170, ({ sigma68 }) => sigma68),
  ]);
  const entries = ids.map((id): LegendEntry => ({
    ...{ mark: 'dot', colour: colourOf(id), cells: [regimeWords(report, id)] },
  }));
  const title = `Shift of the output against size, by regime: ${plain(attack)}`;
  const description =
    `${title}. Mean and σ68 of f(x′) − f(x), in ${unit}, with standard errors. Points stand a little apart.` +
    (report.kind === 'classify'
      ? ' Signal and background are pushed in opposite directions, so that the mean says less than the width.'
      : '');
  return [
    probeSheet(report, {
      ...{ name: `output_shift_${attack}`, title, description },
      height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length),
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}

/** Shift of the output against size by regime, one figure an attack, that of the headline first. */
export function outputShift(report: ProbeReport): Figure[] {
  const first = headlineOf(report)?.attack;
  const others = report.attacks.filter((attack) => attack !== first);
  return (first ? [first, ...others] : others).flatMap(({ name }) => shiftFigure(report, name));
}
