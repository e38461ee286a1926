import type { Markish } from '@observablehq/plot';
import { textWidth } from '../../shared/text_width.js';
import { ticksOf, type PanelAxis } from '../../shared/panel_axis.js';
import type { Tick } from '../../shared/ticks.js';
import type { Canvas } from './canvas.js';

export type Domain = readonly [number, number];

export interface PanelOptions {
  /** The frame, in the sheet's coordinates. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: PanelAxis | null;
  readonly y: PanelAxis;
  readonly marks: readonly Markish[];
  /** Lines at the numbers of the vertical axis; default true. */
  readonly grid?: boolean;
}

export interface Panel {
  readonly node: Element;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

const FONT = 12;
const TICK = 5;
/** Between the labels of the vertical axis and the middle of its title, and from there to the sheet's edge. */
const TITLE = 20;

const verticalTicks = (axis: PanelAxis, height: number): readonly Tick[] =>
  ticksOf(axis, height, height < 160 ? 24 : 34);

const longest = (ticks: readonly Tick[]): number =>
  ticks.reduce((most, { label }) => Math.max(most, textWidth(label, FONT)), 0);

/** Room that a vertical axis takes beside its panel: ticks, labels and title. */
export const axisRoom = (axis: PanelAxis, height: number): number =>
  Math.ceil(TICK + 3 + longest(verticalTicks(axis, height)) + (axis.title ? TITLE : 4));

/** Room below a panel for the labels and the title of its horizontal axis. */
export const BELOW = 42;

/** Axes, frame, grid and marks in the sheet's own coordinates, and the scales to draw more with. */
export function panel(canvas: Canvas, { left, top, width, height, x, y, grid, marks }: PanelOptions): Panel {
  const { plot, document } = canvas;
  const xTicks = x ? ticksOf(x, width, 54) : [];
  const yTicks = verticalTicks(y, height);
  const text = (ticks: readonly Tick[], axis: PanelAxis) => {
    const labels = new Map(ticks.map((tick) => [tick.at, axis.bare === true ? '' : tick.label]));
    return (value: number) => labels.get(value) ?? '';
  };
  const common = { labelArrow: 'none', fontSize: FONT, tickSize: TICK } as const;
  const scale = (axis: PanelAxis) =>
    ({ domain: [...axis.domain], type: axis.log === true ? 'log' : 'linear', axis: null }) as const;
  const drawn = plot.plot({
    ...{ document, width: left + width, height: top + height },
    ...{ marginLeft: left, marginTop: top, marginRight: 0, marginBottom: 0 },
    x: x ? scale(x) : { domain: [0, 1], axis: null },
    y: scale(y),
    marks: [
      grid === false
        ? null
        : plot.gridY(
            yTicks.filter((tick) => tick.label).map((tick) => tick.at),
            { strokeOpacity: 0.12 },
          ),
      ...marks,
      plot.frame({ strokeOpacity: 0.7 }),
      x &&
        plot.axisX(
          xTicks.map((tick) => tick.at),
          {
            ...{ ...common, text: text(xTicks, x), label: x.bare === true ? null : x.title },
            ...{ labelAnchor: 'right', labelOffset: 36 },
          },
        ),
      plot.axisY(
        yTicks.map((tick) => tick.at),
        {
          ...{ ...common, text: text(yTicks, y), label: y.bare === true || !y.title ? null : y.title },
          ...{ anchor: y.right === true ? 'right' : 'left', labelAnchor: 'center' },
          labelOffset: TICK + 3 + longest(yTicks) + TITLE - 4,
        },
      ),
    ],
  });
  const node = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  node.append(...Array.from(drawn.children).filter(({ tagName }) => tagName.toLowerCase() !== 'style'));
  const apply = (name: 'x' | 'y') => {
    const exposed = drawn.scale(name);
    return (value: number): number => Number(exposed?.apply(value));
  };
  return { node, toX: apply('x'), toY: apply('y') };
}
