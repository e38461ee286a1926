import { panel, type PanelAxis } from './panel.js';

/** A colour legend: `axis` at the right of a bar of `levels` colours, the lowest at the bottom. */
export function colourBar(
  left: number,
  top: number,
  height: number,
  axis: PanelAxis,
  paint: (t: number) => string,
  levels = 32,
): string {
  const step = height / levels;
  const cells = Array.from({ length: levels }, (_, i) => {
    const y = top + height - (i + 1) * step;
    return `<rect x="${left}" y="${y}" width="16" height="${step + 0.3}" ${paint((i + 0.5) / levels)}/>`;
  });
  const scale = panel({ left, top, width: 16, height, x: null, y: { ...axis, right: true }, marks: [] });
  return `<g data-layer="colour legend">${cells.join('')}${scale.svg}</g>`;
}
