import * as Plot from '@observablehq/plot';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend, type LegendEntry } from '../../report/legend.js';
import { panel } from '../../report/panel.js';
import type { Figure } from '../../report/sheet.js';
import { fitted, textWidth } from '../../page/client/shared/text_width.js';
import { plain } from '../entries.js';
import { headlineOf } from '../headline.js';
import { probeSheet } from '../probe_sheet.js';

/** Size of the pulls of each feature, a line an attack: root mean square and largest. */
export function pulls(report: ProbeReport): Figure[] {
  const { attacks } = report;
  const headline = headlineOf(report);
  const names = [...new Set(attacks.flatMap((attack) => attack.pulls.map(({ feature }) => feature)))];
  if (!headline || names.length === 0) return [];
  const band = Math.max(26, 10 * attacks.length + 8);
  const height = band * names.length;
  const rows = attacks.flatMap((attack, k) =>
    attack.pulls.map(({ feature, rms, largest }) => ({
      ...{ attack: attack.name, rms, largest: Math.abs(largest) },
      y: names.length - 1 - names.indexOf(feature) - ((k - (attacks.length - 1) / 2) * 10) / band,
    })),
  );
  const most = rows.reduce((a, { rms, largest }) => Math.max(a, rms, largest), headline.size);
  const labels = names.map((name) => fitted(name, 130));
  const left = Math.max(92, Math.ceil(26 + Math.max(...labels.map((label) => textWidth(label)))));
  const marksOf = (name: string, k: number) => {
    const own = rows.filter(({ attack }) => attack === name);
    const stroke = colourOf(k);
    return [
      Plot.ruleY(own, { ...{ x1: 'rms', x2: 'largest', y: 'y', stroke, strokeOpacity: 0.55 } }),
      Plot.dot(own, {
        ...{ x: 'largest', y: 'y', r: 3.2, stroke, fill: 'none', symbol: 'square' },
        ariaDescription: `largest pulls, ${name}`,
      }),
      Plot.dot(own, { x: 'rms', y: 'y', r: 3, fill: stroke, ariaDescription: `rms pulls, ${name}` }),
    ];
  };
  const drawn = panel({
    ...{ left, top: 64, width: 684 - left, height },
    x: { title: '|pull| = |x′ − x| / σ', domain: [0, 1.06 * most] },
    y: {
      title: '',
      domain: [-0.5, names.length - 0.5],
      ticks: labels.map((label, j) => ({ at: names.length - 1 - j, label })),
    },
    marks: [
      Plot.ruleY(
        names.slice(1).map((_, j) => j + 0.5),
        { strokeOpacity: 0.12 },
      ),
      Plot.ruleX([headline.size], { strokeDasharray: '4 3', strokeOpacity: 0.7, ariaDescription: 'size' }),
      ...attacks.flatMap(({ name }, k) => marksOf(name, k)),
    ],
  });
  const entries: LegendEntry[] = [
    ...attacks.map(({ name }, k) => ({ mark: 'dot' as const, colour: colourOf(k), cells: [plain(name)] })),
    { mark: 'open', colour: 'currentColor', cells: ['the largest of any event'] },
    { mark: 'line', colour: 'currentColor', dash: '4 3', cells: [`size s = ${formatPlain(headline.size)}`] },
  ];
  const title = 'Pulls used, by feature';
  const description =
    `${title}: how far each feature is moved, in its uncertainties. Discs: root mean square over all probed events; ` +
    `hollow squares: the largest of any event; dashed: the size s = ${formatPlain(headline.size)}, which no pull may exceed.`;
  return [
    probeSheet(report, {
      ...{ name: 'pulls', title, description, height: Math.max(64 + height + 74, 110 + 20 * entries.length) },
      parts: [drawn.svg, legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}
