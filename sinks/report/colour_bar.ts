import { panel } from './panel.js';
import type { PanelAxis } from '../page/client/shared/panel_axis.js';

/** A colour legend: `axis` at the right of a bar of `levels` colours, the lowest at the bottom. */
export function colourBar(
  left: number,
  top: number,
  height: number,
  axis: PanelAxis,
  paint: (t: number) => string,
  levels = 32,
): string {
  const at = (i: number) => Math.round(top + height - (i * height) / levels);
  const cells = Array.from({ length: levels }, (_, i) => {
    return `<rect x="${left}" y="${at(i + 1)}" width="16" height="${at(i) - at(i + 1)}" ${paint((i + 0.5) / levels)}/>`;
  });
  const scale = panel({ left, top, width: 16, height, x: null, y: { ...axis, right: true }, marks: [] });
  return `<g data-layer="colour legend" shape-rendering="crispEdges">${cells.join('')}</g>${scale.svg}`;
}
