import { COLOURS } from '../colours.js';
import type { Query } from './panel.js';

/** A number with its uncertainty: `value`, and the ends of what it may be. */
export interface Band {
  readonly name: string;
  readonly colour: string;
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly dashed?: boolean;
}

/** value ± error. Both have the same labels; where the error is not known there is no band. */
export const plusMinus = (name: string, colour: string, value: string, error: string, dashed = false): Band => ({
  ...{ name, colour, value, dashed },
  high: `${value} + ${error}`,
  low: `${value} - ${error}`,
});

const highOf = ({ name }: Band): string => `${name}, upper`;
const lowOf = ({ name }: Band): string => `${name}, lower`;

/** Three series a band: the value, its upper and its lower end. */
export const bandQueries = (bands: readonly Band[]): Query[] =>
  bands.flatMap((band) => [
    { expr: band.value, legend: band.name },
    { expr: band.high, legend: highOf(band) },
    { expr: band.low, legend: lowOf(band) },
  ]);

interface Overridable {
  overrideByName(name: string, properties: { id: string; value?: unknown }[]): unknown;
}

/**
 * Draws the ends as a band: the upper one, without a line, is filled down to the lower one. Grafana finds that by the name
 * of the series, so a panel has one series a name: panels are repeated by regime rather than hold several regimes.
 */
export function drawBands<B extends Overridable>(builder: B, bands: readonly Band[]): B {
  for (const band of bands) {
    const colour = { id: 'color', value: { mode: 'fixed', fixedColor: band.colour } };
    const end = [
      colour,
      { id: 'custom.lineWidth', value: 0 },
      { id: 'custom.hideFrom', value: { legend: true, tooltip: false, viz: false } },
    ];
    const dashes = band.dashed ? [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } }] : [];
    builder.overrideByName(band.name, [colour, ...dashes]);
    builder.overrideByName(highOf(band), [
      ...end,
      { id: 'custom.fillBelowTo', value: lowOf(band) },
      { id: 'custom.fillOpacity', value: 20 },
    ]);
    builder.overrideByName(lowOf(band), end);
  }
  return builder;
}

/** Raw, corrected and reference have these colours everywhere. */
export const SERIES = { raw: COLOURS.grey, corrected: COLOURS.blue, reference: COLOURS.orange } as const;
