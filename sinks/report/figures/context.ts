import type { Report } from '../../../schemas/report.js';
import { axisTitle, binTitle, filledWith } from '../axis_title.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { flowStrips, stripMarks, stripWords } from '../flow_strips.js';
import { formatCount, formatPlain } from '../../page/client/shared/format_estimate.js';
import { legend } from '../legend.js';
import { panel } from '../panel.js';
import { sheet, type Figure } from '../sheet.js';
import { shownHistogram } from '../shown.js';
import { stepMarks, valueAxis } from '../steps.js';

/** The distribution of each context variable, of all events and of each regime, flow bins in strips beside it. */
export function context(report: Report): Figure[] {
  return report.distributions.context.map((data) => {
    const { axis, series } = shownHistogram(data, 80);
    const values = valueAxis(series, 2);
    const strips = flowStrips(axis.edges, series);
    const frame = panel({
      left: 92,
      top: 64,
      width: 540,
      height: 400,
      grid: true,
      x: { title: axisTitle(axis), domain: strips.domain },
      y: { title: binTitle(filledWith(report.weight), axis), ...values },
      marks: [
        ...stripMarks([strips.under, strips.over]),
        ...series.flatMap((one) => stepMarks(one, axis.edges, values, [strips.under, strips.over])),
      ],
    });
    const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
    const entries = series.map(({ name, regime, n }) => ({
      mark: 'line' as const,
      colour: colourOf(regime),
      dash: dashOf(regime),
      cells: [regime === 'all' ? 'all' : `${regime}: ${labels.get(regime) ?? name}`, formatCount(n)],
    }));
    const all = series.find(({ regime }) => regime === 'all') ?? series[0];
    const flow = series.some(({ underflow, overflow }) => underflow !== 0 || overflow !== 0);
    const title = `${axis.title}${entries.length > 1 ? ', by regime' : ''}`;
    const description =
      `Distribution of ${axisTitle(axis)}, all events and each regime${values.log ? ', logarithmic' : ''}; n counts events. ` +
      (flow && all
        ? `Shaded strips: ${filledWith(report.weight).toLowerCase()} below (${formatPlain(all.underflow)}) and above (${formatPlain(all.overflow)}) the axis.`
        : 'No event is outside the axis.');
    return sheet(report, {
      name: `context_${axis.variable}`,
      title,
      description,
      n: all?.n ?? 0,
      height: Math.max(540, 130 + 20 * entries.length),
      parts: [
        frame.svg,
        stripWords(frame, 64, strips.under, strips.over),
        legend(
          648,
          78,
          [
            { at: 34, width: 192 },
            { at: 228, width: 68, end: true },
          ],
          ['', 'n'],
          entries,
        ),
      ],
    });
  });
}
