import * as Plot from '@observablehq/plot';
import type { Report } from '../../../schemas/report.js';
import { axisTitle, binTitle, filledWith } from '../axis_title.js';
import { colourOf } from '../../page/client/shared/colours.js';
import { errorBars } from '../error_bars.js';
import { formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend, rowHeight } from '../legend.js';
import { panel } from '../panel.js';
import { ratios, shapeRatios } from '../ratio.js';
import { ratioMarks, ratioRange, type Compared } from '../ratio_panel.js';
import { sheet, type Figure } from '../sheet.js';
import { spectrumLegend } from '../spectrum_legend.js';
import { stepMarks, valueAxis } from '../steps.js';

/** The spectrum: truth as steps and reco as points over their ratio; without truth, reco in each regime over all. */
export function spectrum(report: Report): Figure[] {
  const data = report.distributions.spectrum;
  if (!data || data.series.length === 0) return [];
  const { axis, series } = data;
  const truth = series.find((one) => one.name === 'truth' && one.regime === 'all');
  const reco = series.find((one) => one.name === 'reco' && one.regime === 'all');
  const parts = truth && reco ? [] : series.filter((one) => one.name === 'reco' && one.regime !== 'all');
  const drawn = [truth, reco, ...parts].filter((one) => one !== undefined);
  const first = reco ?? drawn[0];
  if (!first) return [];
  const compared: Compared[] = !reco
    ? []
    : truth
      ? [{ series: reco, ratios: ratios(reco, truth) }]
      : parts.map((part) => ({ series: part, ratios: shapeRatios(part, reco) }));
  const values = valueAxis(drawn, 3);
  const inside = values.domain;
  const centres = axis.edges.slice(1).map((edge, i) => (edge + axis.edges[i]!) / 2);
  const x = { title: axisTitle(axis), domain: [axis.edges[0]!, axis.edges.at(-1)!] as const };
  const frame = { left: 92, width: 592 };
  const recoColour = truth ? colourOf(0) : 'currentColor';
  const recoPoints = (reco?.sum ?? []).flatMap((y, i) =>
    y === 0 || y < inside[0] ? [] : [{ x: centres[i]!, y, error: reco!.errors[i]! }],
  );
  const main = panel({
    ...frame,
    top: 64,
    height: compared.length > 0 ? 300 : 440,
    grid: true,
    x: { ...x, bare: compared.length > 0 },
    y: { title: binTitle(filledWith(report.weight), axis), ...values },
    marks: [
      ...[...parts, ...(truth ? [truth] : [])].flatMap((one) => stepMarks(one, axis.edges, values, [null, null])),
      errorBars(recoPoints, inside, { stroke: recoColour, ariaDescription: 'errors of reco' }),
      Plot.dot(recoPoints, { x: 'x', y: 'y', r: 2.2, fill: recoColour, ariaDescription: 'points of reco' }),
    ],
  });
  const below = ratioRange(compared);
  const lower = panel({
    ...frame,
    top: 384,
    height: 124,
    grid: true,
    x,
    y: { title: truth ? 'reco / truth' : 'shape / all', domain: below },
    marks: [Plot.ruleY([1], { strokeOpacity: 0.6 }), ...compared.flatMap((one) => ratioMarks(one, centres, below))],
  });
  const entries = spectrumLegend(report, axis, drawn, (one) => one === reco, !truth);
  const unit = axis.unit === null ? '' : ` ${axis.unit}`;
  const kind = truth ? (reco ? ': truth and reconstruction' : ', truth') : ', reconstructed';
  const title = `${axis.title}${kind}${parts.length > 0 ? ', by regime' : ''}`;
  const description =
    `${title}, in bins of ${binTitle('', axis).slice(3)}. ` +
    `Outside ${formatPlain(x.domain[0])} to ${formatPlain(x.domain[1])}${unit} ` +
    `(${filledWith(report.weight).toLowerCase()}): ${formatPlain(first.underflow)} below, ${formatPlain(first.overflow)} above` +
    `${reco ? ' (reco)' : ''}. ` +
    (truth && reco
      ? 'The errors of the ratio take the two spectra as independent; they are of the same events, so they are upper bounds. '
      : compared.length > 0
        ? 'Lower panel: the unit-area shape of each regime over that of all events; errors allow for the events in common. '
        : '') +
    (compared.length > 0 ? 'A triangle marks a ratio beyond the panel.' : '') +
    (values.log ? ' Bins at or below zero are not drawn.' : '');
  const height = Math.max(580, 110 + rowHeight * entries.length);
  return [
    sheet(report, {
      name: 'spectrum',
      title,
      description,
      n: first.n,
      height,
      parts: [main.svg, compared.length > 0 ? lower.svg : '', legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}
