import * as Plot from '@observablehq/plot';
import type { Report } from '../../../schemas/report.js';
import { axisTitle, binTitle, filledWith } from '../axis_title.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { flowStrips, stripMarks, stripWords } from '../flow_strips.js';
import { formatCount, formatEstimate, formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend, rowHeight } from '../legend.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownHistogram } from '../shown.js';
import { stepMarks, valueAxis } from '../steps.js';

/** The response by regime: unit-area steps on a logarithmic scale, with each regime's n, bias and σ68. */
export function response(report: Report): Figure[] {
  const data = report.distributions.response;
  if (!data) return [];
  const { axis, series: filled } = shownHistogram(data, 100, 0.00005);
  const series = filled.flatMap((one) => {
    const total = one.sum.reduce((sum, w) => sum + w, one.underflow + one.overflow);
    if (!(total > 0)) return [];
    return [
      {
        ...one,
        sum: one.sum.map((w) => w / total),
        errors: one.errors.map((w) => w / total),
        underflow: one.underflow / total,
        underflowError: one.underflowError / total,
        overflow: one.overflow / total,
        overflowError: one.overflowError / total,
      },
    ];
  });
  const values = valueAxis(series, 1);
  const strips = flowStrips(axis.edges, series);
  const what = filledWith(report.weight);
  const frame = panel({
    left: 92,
    top: 64,
    width: 452,
    height: 420,
    grid: true,
    x: { title: axisTitle(axis), domain: strips.domain },
    y: { title: binTitle(`Fraction of ${what.toLowerCase()}`, axis), ...values },
    marks: [
      ...stripMarks([strips.under, strips.over]),
      Plot.ruleX(
        [0].filter((zero) => zero > strips.domain[0] && zero < strips.domain[1]),
        { strokeOpacity: 0.5, strokeDasharray: '4 3' },
      ),
      ...series.flatMap((one) => stepMarks(one, axis.edges, values, [strips.under, strips.over])),
    ],
  });
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const entries = filled.flatMap(({ regime, n }) => {
    const row = report.response?.find((r) => r.regime === regime && r.split === 'all' && r.stage === 'raw');
    const bias = row ? formatEstimate(row.bias.value, row.bias.error) : '—';
    const width = row ? formatEstimate(row.sigma68.value, row.sigma68.error) : '—';
    return [
      {
        mark: 'line' as const,
        colour: colourOf(regime),
        dash: dashOf(regime),
        cells: [regime === 'all' ? 'all' : `${regime}: ${labels.get(regime) ?? ''}`, `n = ${formatCount(n)}`],
      },
      { mark: 'none' as const, colour: '', cells: [`bias ${bias}`, `σ68 ${width}`] },
    ];
  });
  const all = filled.find(({ regime }) => regime === 'all') ?? filled[0];
  const title = `Response ${axis.title}, by regime`;
  const description =
    `${title}: shapes (each curve and its flow bins sum to 1)${values.log ? ', logarithmic' : ''}, in bins of ${binTitle('', axis).slice(3)}. ` +
    `Shaded strips: beyond the axis; of all events ${formatPlain(all?.underflow ?? 0)} below and ${formatPlain(all?.overflow ?? 0)} above ` +
    `(${what.toLowerCase()}). Bias is the mean, σ68 half the central 68 % interval; errors are standard errors.`;
  return [
    sheet(report, {
      name: 'response',
      title,
      description,
      n: all?.n ?? 0,
      height: Math.max(560, 110 + rowHeight * entries.length),
      parts: [
        frame.svg,
        stripWords(frame, 64, strips.under, strips.over),
        legend(
          562,
          78,
          [
            { at: 34, width: 196 },
            { at: 232, width: 150 },
          ],
          null,
          entries,
        ),
      ],
    }),
  ];
}
