import * as Plot from '@observablehq/plot';
import type { HistogramData, Report } from '../../../schemas/report.js';
import { axisTitle, binTitle, filledWith } from '../axis_title.js';
import { colourOf, dashOf } from '../colours.js';
import { formatCount, formatEstimate, formatPlain } from '../format_estimate.js';
import { legend, type LegendEntry } from '../legend.js';
import { panel } from '../panel.js';
import { ratios, shapeRatios, type Ratio } from '../ratio.js';
import { sheet, type Figure } from '../sheet.js';
import { errorBars, stepMarks, valueAxis } from '../steps.js';

type Series = HistogramData['series'][number];

interface Compared {
  readonly series: Series;
  readonly ratios: readonly (Ratio | null)[];
}

/** Half the height of a ratio panel around 1: what the well-measured bins need, between 0.05 and 1. */
export function ratioReach(compared: readonly Compared[]): number {
  const needed = compared.flatMap(({ ratios: all }) =>
    all.flatMap((r) => (r && r.error < 0.2 * r.value ? [Math.abs(r.value - 1) + r.error] : [])),
  );
  return Math.min(1, Math.max(0.05, 1.1 * needed.reduce((most, r) => Math.max(most, r), 0)));
}

/** Points with error bars; a value beyond the panel is a small triangle at its edge. */
function ratioMarks({ series, ratios: all }: Compared, centres: readonly number[], domain: readonly [number, number]) {
  const stroke = series.regime === 'all' ? colourOf(0) : colourOf(series.regime);
  const points = all.flatMap((r, i) => (r ? [{ x: centres[i]!, y: r.value, error: r.error }] : []));
  const inside = points.filter(({ y }) => y >= domain[0] && y <= domain[1]);
  const beyond = points.filter(({ y }) => y < domain[0] || y > domain[1]);
  const name = `${series.name} ${series.regime}`;
  return [
    errorBars(points, domain, { stroke, strokeOpacity: 0.7 }),
    Plot.dot(inside, { x: 'x', y: 'y', r: 1.8, fill: stroke, ariaDescription: `ratio of ${name}` }),
    Plot.dot(beyond, {
      x: 'x',
      y: ({ y }: { y: number }) => Math.min(Math.max(y, domain[0]), domain[1]),
      symbol: 'triangle',
      rotate: ({ y }: { y: number }) => (y < 1 ? 180 : 0),
      r: 2.5,
      fill: stroke,
      ariaDescription: `ratio beyond the panel, ${name}`,
    }),
  ];
}

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
  const frame = { left: 84, width: 600 };
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
  const reach = ratioReach(compared);
  const below = [1 - reach, 1 + reach] as const;
  const lower = panel({
    ...frame,
    top: 376,
    height: 128,
    grid: true,
    x,
    y: { title: truth ? 'reco / truth' : 'shape / all', domain: below },
    marks: [Plot.ruleY([1], { strokeOpacity: 0.6 }), ...compared.flatMap((one) => ratioMarks(one, centres, below))],
  });
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const entries = drawn.flatMap((one): LegendEntry[] => {
    const title = one.regime === 'all' ? one.name : `${one.regime}: ${labels.get(one.regime) ?? ''}`;
    const peak = report.peak?.find((p) => p.regime === one.regime && p.series === one.name)?.position;
    const rest: LegendEntry = { mark: 'none', colour: '', cells: [] };
    return [
      {
        mark: one === reco ? 'dot' : 'line',
        colour: one === reco ? recoColour : colourOf(one.regime),
        dash: dashOf(one.regime),
        cells: [title],
      },
      { ...rest, cells: [`n = ${formatCount(one.n)}`] },
      ...(peak && peak.value !== null
        ? [{ ...rest, cells: [`peak ${formatEstimate(peak.value, peak.error)} ${axis.unit ?? ''}`] }]
        : []),
      { ...rest, cells: [`below ${formatPlain(one.underflow)}, above ${formatPlain(one.overflow)}`] },
    ];
  });
  const unit = axis.unit === null ? '' : ` ${axis.unit}`;
  const title = truth ? `${axis.title}: truth and reconstruction` : `${axis.title}, reconstructed, by regime`;
  const description =
    `${title}, in bins of ${binTitle('', axis).slice(3)}. ` +
    `Outside ${formatPlain(x.domain[0])} to ${formatPlain(x.domain[1])}${unit} ` +
    `(${filledWith(report.weight).toLowerCase()}): ${formatPlain(first.underflow)} below, ${formatPlain(first.overflow)} above` +
    `${truth ? ' (reco)' : ''}. ` +
    (truth
      ? 'The errors of the ratio take the two spectra as independent; they are of the same events, so they are upper bounds.'
      : compared.length > 0
        ? 'Lower panel: the unit-area shape of each regime over that of all events; errors allow for the events in common.'
        : '') +
    (values.log ? ' Bins at or below zero are not drawn.' : '');
  const height = Math.max(580, 110 + 20 * entries.length);
  return [
    sheet(report, {
      name: 'spectrum',
      title,
      description,
      n: first.n,
      height,
      parts: [main.svg, compared.length > 0 ? lower.svg : '', legend(712, 78, [34], null, entries)],
    }),
  ];
}
