import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { textWidth } from '../page/client/shared/text_width.js';
import { ticksOf, type PanelAxis } from '../page/client/shared/panel_axis.js';
import type { Tick } from '../page/client/shared/ticks.js';

// The library's types lean on the browser's, which this program does not load: the part of them used here.
interface Drawn {
  readonly innerHTML: string;
  scale(name: 'x' | 'y'): { apply(value: number): number };
}
const draw = Plot.plot as unknown as (options: object) => Drawn;
const parse = parseHTML as (html: string) => { readonly document: unknown };

export interface PanelOptions {
  /** The frame, in the sheet's coordinates. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: PanelAxis | null;
  readonly y: PanelAxis;
  readonly grid?: boolean;
  readonly marks: readonly unknown[];
}

export interface Panel {
  readonly svg: string;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

const scale = ({ domain, log }: PanelAxis) => ({ domain, type: log === true ? 'log' : 'linear' });

/** Axes, frame, grid and marks as SVG elements in the sheet's own coordinates, and the scales to draw more with. */
export function panel({ left, top, width, height, x, y, grid, marks }: PanelOptions): Panel {
  const xTicks = x ? ticksOf(x, width, 64) : [];
  const yTicks = ticksOf(y, height, height < 160 ? 24 : 34);
  const text = (ticks: readonly Tick[], axis: PanelAxis) => {
    const labels = new Map(ticks.map((tick) => [tick.at, axis.bare === true ? '' : tick.label]));
    return (value: number) => labels.get(value) ?? '';
  };
  // The title stands clear of the longest label.
  const longest = Math.max(0, ...yTicks.map(({ label }) => textWidth(label)));
  const common = { labelArrow: 'none', fontSize: 12 } as const;
  const drawn = draw({
    document: parse('<html></html>').document,
    width: left + width,
    height: top + height,
    marginLeft: left,
    marginTop: top,
    marginRight: 0,
    marginBottom: 0,
    x: { ...(x ? scale(x) : { domain: [0, 1] }), axis: null },
    y: { ...scale(y), axis: null },
    marks: [
      grid === true
        ? Plot.gridY(
            yTicks.filter((tick) => tick.label).map((tick) => tick.at),
            { strokeOpacity: 0.12 },
          )
        : null,
      ...marks,
      Plot.frame(),
      x &&
        Plot.axisX(
          xTicks.map((tick) => tick.at),
          {
            ...common,
            text: text(xTicks, x),
            label: x.bare === true ? null : x.title,
            labelAnchor: 'right',
            labelOffset: 42,
            tickSize: 5,
          },
        ),
      Plot.axisY(
        yTicks.map((tick) => tick.at),
        {
          ...common,
          text: text(yTicks, y),
          label: y.bare === true ? null : y.title,
          anchor: y.right === true ? 'right' : 'left',
          labelAnchor: 'center',
          labelOffset: Math.max(y.right === true ? 40 : 66, 26 + longest),
          tickSize: 5,
        },
      ),
    ],
  });
  return {
    svg: drawn.innerHTML.replace(/^<style>[^]*?<\/style>/, ''),
    toX: (value) => drawn.scale('x').apply(value),
    toY: (value) => drawn.scale('y').apply(value),
  };
}
