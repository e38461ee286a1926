import type { Markish } from '@observablehq/plot';
import { formatCount, formatEstimate, formatPlain } from '../../shared/format_estimate.js';
import type { Canvas } from './canvas.js';
import { countRatio, type Distribution } from './distribution.js';
import { pointMarks, type Point } from './error_bars.js';
import { stageInk } from './inks.js';
import type { Domain } from './panel.js';
import type { PanelAxis } from '../../shared/panel_axis.js';
import type { ResponseData } from './response_data.js';
import type { Storey } from './stack.js';

/** Bins' widths that the strip of a flow bin takes. */
export const STRIP = 2.5;

export const highOf = ({ low, width, counts }: Distribution): number => low + width * counts.length;

/** From a sixth of one event on where the counts span more than two decades, else from 0. */
export function countAxis({
  selected,
  reference,
  other,
  scale,
  flows,
}: ResponseData): Pick<PanelAxis, 'domain' | 'log'> {
  const shown = [
    ...selected.counts.map((n) => n + Math.sqrt(n)),
    ...(reference?.counts.map((n) => scale * n) ?? []),
    ...(other?.distribution.counts ?? []),
  ].filter((n) => n > 0);
  const most = Math.max(1, ...shown, ...flows.map(({ count }) => count));
  const least = Math.min(most, ...shown);
  return most / least > 100
    ? { domain: [0.5 * Math.min(1, least), most * 2.5], log: true }
    : { domain: [0, most * 1.08] };
}

function steps(
  { plot }: Canvas,
  of: Distribution,
  { domain: [floor] }: Pick<PanelAxis, 'domain'>,
  scale: number,
  options: object,
): Markish {
  const path = of.counts.flatMap((n, i) =>
    [i, i + 1].map((edge) => ({ x: of.low + edge * of.width, y: Math.max(n * scale, floor) })),
  );
  return plot.line(path, { x: 'x', y: 'y', ...options });
}

/** Points with bars of √n, the reference as steps, the other stage dashed. */
export function countMarks(canvas: Canvas, data: ResponseData, axis: Pick<PanelAxis, 'domain' | 'log'>): Markish[] {
  const { selected, reference, other, scale, stage } = data;
  const points = selected.counts.flatMap((n, i): Point[] => {
    if (n === 0) return [];
    const from = selected.low + i * selected.width;
    const words = `${formatPlain(from)} to ${formatPlain(from + selected.width)}: ${formatCount(n)} ± ${formatPlain(Math.sqrt(n), 2)} events`;
    return [{ x: from + selected.width / 2, y: n, low: n - Math.sqrt(n), high: n + Math.sqrt(n), words }];
  });
  const name = 'counts';
  return [
    ...(reference
      ? [
          steps(canvas, reference, axis, scale, {
            stroke: 'currentColor',
            strokeWidth: 1.4,
            ariaDescription: 'reference',
          }),
        ]
      : []),
    ...(other
      ? [
          steps(canvas, other.distribution, axis, 1, {
            ...{ stroke: stageInk(other.stage), strokeDasharray: '4 3', strokeWidth: 1.4 },
            ariaDescription: `${other.stage} counts`,
          }),
        ]
      : []),
    ...pointMarks(canvas, points, axis.domain, {
      ...{ name, colour: stageInk(stage), open: stage === 'raw' && other !== null, r: 2.2 },
      log: axis.log === true,
    }),
  ];
}

/** Room for 1 and what the bins known to a fifth need; at least 0.9 to 1.1, at most 0 to 4. */
export function ratioRange(ratios: readonly ({ value: number; error: number } | null)[]): Domain {
  const known = ratios.filter((r) => r !== null).filter(({ value, error }) => error < 0.2 * Math.max(1, value));
  if (known.length === 0) return [0, 2];
  const low = Math.min(0.9, ...known.map(({ value, error }) => value - 1.2 * error));
  const high = Math.max(1.1, ...known.map(({ value, error }) => value + 1.2 * error));
  return [Math.max(0, low), Math.min(4, high)];
}

/** Selected over reference, bin by bin. */
export function ratioStorey(canvas: Canvas, data: ResponseData, reference: Distribution): Storey {
  const { selected, scale, stage, other } = data;
  const ratios = selected.counts.map((n, i) => countRatio(n, reference.counts[i]!, scale));
  const domain = ratioRange(ratios);
  const points = ratios.flatMap((r, i): Point[] => {
    if (!r) return [];
    const { value, error } = r;
    const x = selected.low + (i + 0.5) * selected.width;
    return [
      {
        x,
        y: value,
        low: value - error,
        high: value + error,
        words: `${formatPlain(x)}: ${formatEstimate(value, error)}`,
      },
    ];
  });
  return {
    height: 96,
    y: { title: 'ratio', domain },
    marks: [
      canvas.plot.ruleY([1], { strokeOpacity: 0.6, ariaDescription: 'equality' }),
      ...pointMarks(canvas, points, domain, {
        ...{ name: 'ratio', colour: stageInk(stage), open: stage === 'raw' && other !== null, r: 2 },
      }),
    ],
  };
}
