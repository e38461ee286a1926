import * as Plot from '@observablehq/plot';
import type { HistogramData } from '../../schemas/report.js';
import type { Panel } from './panel.js';

/** Room beside an axis for what lies beyond it. */
export interface Strip {
  readonly low: number;
  readonly high: number;
}

/** Room for flow bins beside the axis, a twentieth of its length each, where any series has something in them. */
export function flowStrips(edges: readonly number[], series: HistogramData['series']) {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const width = (high - low) / 20;
  const under = series.some(({ underflow }) => underflow !== 0) ? { low: low - width, high: low } : null;
  const over = series.some(({ overflow }) => overflow !== 0) ? { low: high, high: high + width } : null;
  return { under, over, domain: [under?.low ?? low, over?.high ?? high] as const };
}

export const stripMarks = (strips: readonly (Strip | null)[]): unknown[] => [
  Plot.rectX(
    strips.filter((strip) => strip !== null),
    { x1: 'low', x2: 'high', fill: 'currentColor', fillOpacity: 0.07, ariaDescription: 'flow bins' },
  ),
];

/** What each strip holds, written along it from the top (or bottom) of the panel. */
export function stripWords({ toX }: Panel, from: number, under: Strip | null, over: Strip | null, up = false): string {
  const words = (strip: Strip | null, word: string) => {
    if (!strip) return '';
    const [x, y] = [Math.round((toX(strip.low) + toX(strip.high)) / 2), up ? from - 8 : from + 8];
    const anchor = up ? 'start' : 'end';
    return `<text transform="rotate(-90 ${x} ${y})" x="${x}" y="${y}" dy="0.35em" text-anchor="${anchor}" font-size="10.5" opacity="0.75">${word}</text>`;
  };
  return words(under, 'underflow') + words(over, 'overflow');
}
