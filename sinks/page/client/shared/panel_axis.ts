import { linearTicks, logTicks, type Tick } from './ticks.js';

export interface PanelAxis {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  readonly ticks?: readonly Tick[];
  /** Ticks without numbers and title, where the panel below has them. */
  readonly bare?: boolean;
  readonly right?: boolean;
}

/** The axis' own ticks, or about one every `spacing` of the pixels that it has. */
export const ticksOf = (axis: PanelAxis, pixels: number, spacing: number): readonly Tick[] =>
  axis.ticks ??
  (axis.log === true
    ? logTicks(...axis.domain, pixels)
    : linearTicks(...axis.domain, Math.max(2, Math.round(pixels / spacing))));
