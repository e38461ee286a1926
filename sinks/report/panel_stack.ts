import { panel, type Panel } from './panel.js';
import type { PanelAxis } from '../page/client/shared/panel_axis.js';

/** One of several panels above each other. */
export interface Storey {
  readonly y: PanelAxis;
  readonly height: number;
  readonly marks: readonly unknown[];
}

export interface Stacked extends Panel {
  readonly top: number;
  readonly bottom: number;
}

const gap = 18;

/** Panels above each other on one horizontal axis, which the lowest labels; the sheet needs 74 pixels below it. */
export function panelStack(left: number, width: number, x: PanelAxis, storeys: readonly Storey[]): Stacked[] {
  let top = 64;
  return storeys.map((storey, i) => {
    const last = i === storeys.length - 1;
    const drawn = panel({ left, top, width, grid: true, x: last ? x : { ...x, bare: true }, ...storey });
    const stacked = { ...drawn, top, bottom: top + storey.height };
    top = stacked.bottom + gap;
    return stacked;
  });
}
