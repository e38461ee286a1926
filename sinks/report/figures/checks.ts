import * as Plot from '@observablehq/plot';
import type { Report, TimelineReport } from '../../../schemas/report.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { legend, type LegendEntry } from '../legend.js';
import { panelStack, type Storey } from '../panel_stack.js';
import { sheet, type Figure } from '../sheet.js';
import { windowAxis } from '../window_axis.js';

type Check = TimelineReport['checks'][number];

const [left, width] = [92, 592];
const titles = { bias: 'core of δ', sigma68: 'σ68', pull: 'mean pull', share: 'shares' };
const dashes = { cusum: '', page_hinkley: '4 3', share_drift: '' };

function storeyOf(checks: readonly Check[], quantity: Check['quantity']): Storey | null {
  const own = checks.filter((check) => check.quantity === quantity && check.threshold > 0);
  if (own.length === 0) return null;
  const values = own.map(({ statistic, threshold }) => statistic.map((value) => value / threshold));
  const most = values.flat().reduce((a, b) => Math.max(a, b), 1.2);
  return {
    y: { title: titles[quantity], domain: [0, 1.08 * most] },
    height: 112,
    marks: [
      Plot.ruleY([1], { strokeDasharray: '7 3 2 3', strokeWidth: 1.3, ariaDescription: 'threshold' }),
      ...own.map(({ check, regime }, i) =>
        Plot.line(
          values[i]!.map((y, x) => ({ x, y })),
          {
            ...{ x: 'x', y: 'y', stroke: colourOf(regime), strokeWidth: 1.5, strokeDasharray: dashes[check] },
            ariaDescription: `${check} of ${quantity}, ${regime}`,
          },
        ),
      ),
    ],
  };
}

/** The statistic of every check over the windows, in units of its threshold. */
export function checks(report: Report): Figure[] {
  const { timeline } = report;
  if (!timeline || timeline.windows.length < 2) return [];
  const storeys = (['bias', 'sigma68', 'pull', 'share'] as const).flatMap((quantity) => {
    return storeyOf(timeline.checks, quantity) ?? [];
  });
  if (storeys.length === 0) return [];
  const numbers = timeline.windows.map(({ number }) => number);
  const stack = panelStack(left, width, windowAxis(numbers, width), storeys);
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const ids = [...new Set(timeline.checks.map(({ regime }) => regime))];
  const line = (colour: string, dash: string, cell: string): LegendEntry => ({
    mark: 'line',
    colour,
    dash,
    cells: [cell],
  });
  const entries = [
    ...ids.map((id) => line(colourOf(id), '', id === 'all' ? 'all regimes' : `${id}: ${labels.get(id) ?? ''}`)),
    line('currentColor', '', 'CUSUM'),
    line('currentColor', dashes.page_hinkley, 'Page–Hinkley'),
    line('currentColor', '7 3 2 3', 'threshold'),
  ];
  const { wanted, checks: count, learn } = timeline.runLength;
  const title = 'Checks over the windows';
  const description =
    `${title}: the statistic of each of the ${formatCount(count)} checks over its threshold; an alarm is raised above 1. ` +
    `The first ${formatCount(learn)} windows are for learning what is normal. Without a change one false alarm of all checks together is wanted in ${formatCount(wanted)} windows.`;
  return [
    sheet(report, {
      name: 'checks',
      title,
      description,
      n: timeline.windows.reduce((sum, { n }) => sum + n, 0),
      height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length),
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}
