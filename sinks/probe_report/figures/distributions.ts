import * as Plot from '@observablehq/plot';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { axisTitle, binTitle } from '../../report/axis_title.js';
import { binAxis } from '../../report/bin_axis.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { errorBars, within } from '../../report/error_bars.js';
import { escapeText } from '../../report/escape.js';
import { flowStrips, stripMarks } from '../../report/flow_strips.js';
import { formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend } from '../../report/legend.js';
import { panel } from '../../report/panel.js';
import { ticksOf } from '../../page/client/shared/panel_axis.js';
import { ratio } from '../../report/ratio.js';
import { ratioMarks, ratioRange, type Compared } from '../../report/ratio_panel.js';
import type { Figure } from '../../report/sheet.js';
import { linearTicks } from '../../page/client/shared/ticks.js';
import { stepMarks, valueAxis } from '../../report/steps.js';
import { plain } from '../entries.js';
import { flowSeries } from '../flow_series.js';
import { headlineOf } from '../headline.js';
import { probeSheet } from '../probe_sheet.js';

type Histogram = ProbeReport['distributions'][number];

const [columns, rows, width, pitch, rowPitch] = [2, 3, 366, 474, 334];

/** The nth feature: both distributions over their ratio, from (left, top). */
function featurePanels(data: Histogram, nth: number, cap: number, left: number, top: number): string {
  const axis = { title: data.feature, unit: data.unit, edges: data.edges };
  const place = binAxis(data.edges, width);
  const [nominal, perturbed] = [flowSeries('nominal', 'all', data.nominal), flowSeries('perturbed', 0, data.perturbed)];
  const { under, over, domain } = flowStrips(place.at, [nominal, perturbed]);
  const strips = [under, over] as const;
  const middle = (low: number, high: number) => (low + high) / 2;
  const centres = place.at.slice(1).map((edge, i) => middle(place.at[i]!, edge));
  // Bins that are drawn: the flow bins only where there is a strip for them.
  const at = [under && middle(under.low, under.high), ...centres, over && middle(over.low, over.high)];
  const drawn = at.flatMap((x, i) => (x === null ? [] : [{ x, a: data.nominal[i]!, b: data.perturbed[i]! }]));
  const values = valueAxis([nominal, perturbed], 3);
  const points = drawn.flatMap(({ x, b }) => (b > 0 ? [{ x, y: b, error: Math.sqrt(b) }] : []));
  const compared: Compared = {
    series: perturbed,
    ratios: drawn.map(({ a, b }) => ratio(b, Math.sqrt(b), a, Math.sqrt(a))),
  };
  const range = ratioRange([compared]);
  const colour = colourOf(0);
  const ticks = place.ticks ?? ticksOf({ title: '', domain: [place.at[0]!, place.at.at(-1)!] }, width, 64);
  const x = { title: axisTitle(axis), domain, ticks };
  const main = panel({
    ...{ left, top, width, height: 156, grid: true, x: { ...x, bare: true } },
    y: { title: binTitle('Events', axis), ...values },
    marks: [
      ...stripMarks(strips),
      ...stepMarks(nominal, place.at, values, strips),
      errorBars(points, values.domain, { stroke: colour, ariaDescription: `errors of feature ${nth}` }),
      Plot.dot(within(points, values.domain), {
        ...{ x: 'x', y: 'y', r: 2, fill: colour, ariaDescription: `points of feature ${nth}` },
      }),
    ],
  });
  const lower = panel({
    ...{ left, top: top + 168, width, height: 72, grid: true, x },
    y: { title: 'ratio', domain: range, ticks: linearTicks(...range, 4) },
    marks: [
      ...stripMarks(strips),
      Plot.ruleY([1], { strokeOpacity: 0.6 }),
      ...ratioMarks(
        compared,
        drawn.map((bin) => bin.x),
        range,
      ),
    ],
  });
  const beyond = data.distance > cap;
  const words = `${data.feature}: J–S distance ${formatPlain(data.distance, 2)}${beyond ? ', over the cap' : ''}`;
  const head = `<text x="${left}" y="${top - 8}" text-anchor="start" font-size="12.5"${beyond ? ' font-weight="600"' : ''}>${escapeText(words)}</text>`;
  return head + main.svg + lower.svg;
}

/** Nominal and perturbed distribution of each feature over their ratio, six a sheet. */
export function distributions(report: ProbeReport): Figure[] {
  const { distributions: all, constraints } = report;
  const headline = headlineOf(report);
  const sheets = Math.ceil(all.length / (columns * rows));
  return Array.from({ length: sheets }, (_, page) => {
    const shown = all.slice(page * columns * rows, (page + 1) * columns * rows);
    const of = sheets > 1 ? `, ${page + 1} of ${sheets}` : '';
    const title = `Features before and after the probe${of}`;
    const what = headline ? `${plain(headline.attack.name)}, s = ${formatPlain(headline.size)}` : 'perturbed';
    const entries = legend(92, 76, [{ at: 34, width: 340 }], null, [
      { mark: 'line', colour: 'currentColor', cells: ['nominal'] },
    ]);
    const second = legend(212, 76, [{ at: 34, width: 500 }], null, [
      { mark: 'dot', colour: colourOf(0), cells: [`perturbed: ${what}`] },
    ]);
    const unequal = shown.some(({ edges }) => binAxis(edges, width).ticks !== undefined);
    const description =
      `${title}: ${shown.map(({ feature }) => feature).join(', ')}. Line: nominal; points: perturbed, with √n; below: perturbed / nominal. ` +
      'Both are of the same events, so the errors of the ratio, which take them as independent, are upper bounds. ' +
      `Jensen–Shannon distances are to base 2 (0 the same, 1 disjoint); the cap is ${formatPlain(constraints.distance)}. ` +
      `Shaded strips: events beyond the axis. A triangle marks a ratio beyond the panel.${unequal ? ' Bins of unequal width are drawn equally wide.' : ''}`;
    const parts = shown.map((data, i) =>
      featurePanels(
        data,
        page * columns * rows + i,
        constraints.distance,
        84 + pitch * (i % columns),
        122 + rowPitch * Math.floor(i / columns),
      ),
    );
    return probeSheet(report, {
      ...{ name: `distributions${sheets > 1 ? `_${page + 1}` : ''}`, title, description },
      height: 122 + rowPitch * Math.ceil(shown.length / columns) - 14,
      parts: [entries, second, ...parts],
    });
  });
}
