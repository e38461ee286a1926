import * as Plot from '@observablehq/plot';
import type { CorrectionReport, Report } from '../../../schemas/report.js';
import { axisTitle, binTitle } from '../axis_title.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { errorBars } from '../error_bars.js';
import { formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend, rowHeight } from '../legend.js';
import { panel } from '../panel.js';
import { peakLegend } from '../peak_legend.js';
import { ratios } from '../ratio.js';
import { logRatioRange, ratioMarks, type Compared } from '../ratio_panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownHistogram } from '../shown.js';
import { stepMarks, valueAxis } from '../steps.js';

/** Fewer events than this are drawn in bins twice as wide. */
const MANY = 5000;
const frame = { left: 92, width: 592 };

function peakFigure(report: Report, correction: CorrectionReport, data: CorrectionReport['spectra'][number]): Figure[] {
  const { regime } = data;
  const most = Math.max(0, ...data.series.map(({ n }) => n));
  if (most === 0) return [];
  const bins = data.axis.edges.length - 1;
  const { axis, series } = shownHistogram(data, most < MANY ? Math.ceil(bins / 2) : bins);
  // Truth in the colour of the text and the raw spectrum in orange, whatever the regime.
  const of = (name: string, colour: 'all' | 1) => {
    const found = series.find((one) => one.name === name);
    return found ? { ...found, regime: colour } : null;
  };
  const [truth, raw, corrected] = [of('truth', 'all'), of('raw', 1), of('corrected', 'all')];
  const values = valueAxis(series, 3);
  const centres = axis.edges.slice(1).map((edge, i) => (edge + axis.edges[i]!) / 2);
  const x = { title: axisTitle(axis), domain: [axis.edges[0]!, axis.edges.at(-1)!] as const };
  const points = (corrected?.sum ?? []).flatMap((y, i) =>
    y === 0 || y < values.domain[0] ? [] : [{ x: centres[i]!, y, error: corrected!.errors[i]! }],
  );
  const compared: Compared[] = truth
    ? [raw, corrected].flatMap((one) => (one ? [{ series: one, ratios: ratios(one, truth) }] : []))
    : [];
  const below = logRatioRange(compared);
  const blue = colourOf(0);
  const main = panel({
    ...frame,
    top: 64,
    height: compared.length > 0 ? 300 : 440,
    grid: true,
    x: { ...x, bare: compared.length > 0 },
    y: { title: binTitle('Events', axis), ...values },
    marks: [
      ...[raw, truth].flatMap((one) => (one ? stepMarks(one, axis.edges, values, [null, null]) : [])),
      errorBars(points, values.domain, { stroke: blue, ariaDescription: 'errors of corrected' }),
      Plot.dot(points, { x: 'x', y: 'y', r: 2.2, fill: blue, ariaDescription: 'points of corrected' }),
    ],
  });
  const lower = panel({
    ...frame,
    top: 384,
    height: 124,
    grid: true,
    x,
    y: { title: 'ratio to truth', domain: below, log: true },
    marks: [
      Plot.ruleY([1], { strokeOpacity: 0.6 }),
      ...compared.flatMap((one) => ratioMarks(one, centres, below, true)),
    ],
  });
  const entries = peakLegend(correction, axis, series, regime);
  const label = report.regimes?.map.find(({ id }) => id === regime)?.label ?? '';
  const where = regime === 'all' ? 'all regimes' : `regime ${regime} (${label})`;
  const title = `${axis.title} before and after the correction, ${where}`;
  const unit = axis.unit === null ? '' : ` ${axis.unit}`;
  const description =
    `${title}: test events, each counted once, in bins of ${binTitle('', axis).slice(3)}. ` +
    `Peak and width are of the fit: a Breit–Wigner ⊗ Crystal Ball (for the truth without a resolution), with its χ² per degree of freedom. ` +
    `Outside ${formatPlain(x.domain[0])} to ${formatPlain(x.domain[1])}${unit}: see the legend. ` +
    (compared.length > 0
      ? 'The errors of the ratios take the spectra as independent; they are of the same events, so they are upper bounds. A triangle marks a ratio beyond the panel.'
      : '');
  return [
    sheet(report, {
      name: `peak_${regime === 'all' ? 'all' : `regime_${regime}`}`,
      title,
      description: description.trim(),
      n: most,
      height: Math.max(580, 110 + rowHeight * entries.length),
      parts: [main.svg, compared.length > 0 ? lower.svg : '', legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}

/** The spectrum before and after the correction and in truth: of all events, and of the last regime (the highest context). */
export function peak(report: Report): Figure[] {
  const { correction } = report;
  if (!correction) return [];
  const last = correction.regimes.at(-1)?.regime;
  return correction.spectra
    .filter(({ regime }) => regime === 'all' || regime === last)
    .flatMap((data) => peakFigure(report, correction, data));
}
