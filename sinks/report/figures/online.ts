import * as Plot from '@observablehq/plot';
import type { Estimate, Report } from '../../../schemas/report.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { legend, type LegendEntry } from '../legend.js';
import { panelStack } from '../panel_stack.js';
import { pointMarks } from '../point_marks.js';
import { sheet, type Figure } from '../sheet.js';
import { endsOf, valueRange } from '../../page/client/shared/value_range.js';
import { windowAxis } from '../window_axis.js';

const [left, width] = [92, 592];

/** Mean of the core of δ in each window before and after the correction that was in effect, and where its version changed. */
export function online(report: Report): Figure[] {
  const data = report.timeline?.online;
  if (!report.timeline || !data || data.windows.length < 2) return [];
  const { windows } = data;
  const domain = valueRange([0, ...windows.flatMap(({ raw, corrected }) => [...endsOf(raw), ...endsOf(corrected)])]);
  const points = (pick: (window: (typeof windows)[number]) => Estimate, shift: number) =>
    windows.flatMap((window, i) => {
      const { value, error } = pick(window);
      return value === null ? [] : [{ x: i + shift, y: value, error: error ?? 0 }];
    });
  const changed = windows.flatMap(({ version }, i) => (i > 0 && version !== windows[i - 1]!.version ? [i - 0.5] : []));
  const numbers = windows.map(({ number }) => number);
  const stack = panelStack(left, width, windowAxis(numbers, width), [
    {
      y: { title: 'core of δ, mean', domain },
      height: 300,
      marks: [
        Plot.ruleX(changed, {
          stroke: colourOf(4),
          strokeWidth: 1.3,
          strokeDasharray: '3 3',
          ariaDescription: 'versions',
        }),
        Plot.ruleY([0], { strokeOpacity: 0.6 }),
        ...pointMarks(
          points(({ raw }) => raw, 0.15),
          domain,
          { name: 'raw', open: true },
        ),
        ...pointMarks(
          points(({ corrected }) => corrected, 0),
          domain,
          { name: 'corrected' },
        ),
      ],
    },
  ]);
  const entries: LegendEntry[] = [
    { mark: 'open', colour: colourOf(2), cells: ['before'] },
    { mark: 'dot', colour: colourOf(0), cells: ['after'] },
    { mark: 'line', colour: colourOf(4), dash: '3 3', cells: ['other version in effect'] },
  ];
  const title = 'The correction in effect, window by window';
  const description =
    `${title}: mean of the core of δ before and after, with standard errors. A version is fitted to windows that are closed and tried on events that came later (memory: ${data.memory}); ` +
    `the version in effect changed ${formatCount(changed.length)} times.`;
  return [
    sheet(report, {
      name: 'online',
      title,
      description,
      n: report.timeline.windows.reduce((sum, { n }) => sum + n, 0),
      height: stack[0]!.bottom + 74,
      parts: [stack[0]!.svg, legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}
