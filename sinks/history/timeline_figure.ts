import * as Plot from '@observablehq/plot';
import type { StoredWindow } from '../../schemas/page.js';
import { colourOf, dashOf } from '../page/client/shared/colours.js';
import { legend, type LegendEntry } from '../report/legend.js';
import { panelStack, type Storey } from '../report/panel_stack.js';
import { sheet, type Figure } from '../report/sheet.js';
import { endsOf, valueRange } from '../page/client/shared/value_range.js';
import { windowAxis } from '../report/window_axis.js';
import { windowMarks } from '../report/window_marks.js';

type Regime = StoredWindow['report']['regimes'][number];

const [left, width, height] = [92, 592, 148];

const PANELS: readonly {
  readonly name: string;
  readonly title: string;
  readonly zero: boolean;
  readonly pick: (row: Regime) => Regime['core'];
}[] = [
  { name: 'raw', title: 'core of δ, raw', zero: true, pick: ({ core }) => core },
  { name: 'corrected', title: 'core of δ, delivered', zero: true, pick: ({ corrected }) => corrected?.core },
  { name: 'sigma68', title: 'σ68 of δ, raw', zero: false, pick: ({ sigma68 }) => sigma68 },
  { name: 'pull', title: 'mean pull', zero: true, pick: ({ pullMean }) => pullMean },
];

function storeyOf(windows: readonly StoredWindow[], ids: readonly number[], panel: (typeof PANELS)[number]): Storey[] {
  const series = ids.map((id) =>
    windows.map(({ report }) => {
      const row = report.regimes.find(({ regime }) => regime === id);
      return row && panel.pick(row);
    }),
  );
  const ends = series.flat().flatMap((one) => (one ? endsOf(one) : []));
  if (ends.length === 0) return [];
  const domain = valueRange([...(panel.zero ? [0] : []), ...ends]);
  return [
    {
      y: { title: panel.title, domain },
      height,
      marks: [
        panel.zero ? Plot.ruleY([0], { strokeOpacity: 0.6 }) : null,
        ...ids.flatMap((id, i) => windowMarks(series[i]!, domain, id, panel.name)),
      ],
    },
  ];
}

/**
 * Core of δ before and after correction, σ68 and pull of each regime over stored windows, with standard errors. The same
 * windows give the same bytes. null: fewer than two windows, or none of the quantities.
 */
export function timelineFigure(windows: readonly StoredWindow[], regimewatch: string): Figure | null {
  const last = windows.at(-1)?.report;
  if (!last || windows.length < 2) return null;
  const ids = last.regimes.map(({ regime }) => regime);
  const storeys = PANELS.flatMap((panel) => storeyOf(windows, ids, panel));
  if (storeys.length === 0) return null;
  const numbers = windows.map(({ report }) => report.window);
  const stack = panelStack(left, width, windowAxis(numbers, width), storeys);
  const entries = last.regimes.map(({ regime, label }): LegendEntry => ({
    ...{ mark: 'line', colour: colourOf(regime), dash: dashOf(regime), cells: [`${regime}: ${label}`] },
  }));
  const n = windows.reduce((sum, { report }) => sum + report.events, 0);
  const path = `windows ${windows[0]!.report.window} to ${last.window}`;
  const title = 'Stored windows, regime by regime';
  return sheet(
    {
      samples: [{ path, format: 'history', events: n, sha256: last.chain }],
      weight: null,
      pipeline: last.pipeline,
      regimewatch,
    },
    {
      ...{ name: 'timeline', title, n, height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length) },
      description: `${title}: mean of the core of δ raw and as delivered, σ68 of δ and mean pull by window, with standard errors.`,
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    },
  );
}
