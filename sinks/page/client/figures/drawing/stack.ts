import type { Markish } from '@observablehq/plot';
import type { Canvas } from './canvas.js';
import { axisRoom, BELOW, panel, type Panel } from './panel.js';
import type { PanelAxis } from '../../shared/panel_axis.js';

/** One of several panels above each other. */
export interface Storey {
  readonly y: PanelAxis;
  readonly height: number;
  readonly marks: readonly Markish[];
  readonly grid?: boolean;
}

export interface Stacked extends Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Stack {
  readonly panels: readonly Stacked[];
  /** Below the title of the horizontal axis. */
  readonly bottom: number;
}

const GAP = 10;

/** Where panels stand: `left` and `width` are those of all there is, axes included. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Room beside the panels, so that all stand above each other. */
export const roomOf = (storeys: readonly Storey[]): number =>
  Math.max(...storeys.map(({ y, height }) => axisRoom(y, height)));

/** Panels above each other on one horizontal axis, which the lowest labels. */
export function stack(
  canvas: Canvas,
  place: Place,
  xOf: (pixels: number) => PanelAxis,
  storeys: readonly Storey[],
): Stack {
  const room = roomOf(storeys);
  const [left, width] = [place.left + room, Math.max(40, place.width - room - 16)];
  const x = xOf(width);
  let top = place.top;
  const panels = storeys.map((storey, i): Stacked => {
    const last = i === storeys.length - 1;
    const frame = { left, top, width, height: storey.height };
    const drawn = panel(canvas, { ...storey, ...frame, x: last ? x : { ...x, bare: true } });
    top += storey.height + (last ? BELOW : GAP);
    return { ...drawn, ...frame };
  });
  return { panels, bottom: top };
}
