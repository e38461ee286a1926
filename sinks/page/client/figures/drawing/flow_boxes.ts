import { formatCount } from '../../shared/format_estimate.js';
import { label, svgNode, type Canvas } from './canvas.js';
import type { Flow, ResponseData } from './response_data.js';
import { highOf, STRIP } from './response_marks.js';
import type { Stacked } from './stack.js';

/** Hatched bars beside the axis for what lies beyond it, with their counts; `fill` is the hatching. */
export function flowBoxes(canvas: Canvas, frame: Stacked, data: ResponseData, floor: number, fill: string): Element[] {
  const { selected } = data;
  return data.flows.flatMap(({ side, count }: Flow) => {
    const edge = side === 'under' ? selected.low : highOf(selected);
    const far = edge + (side === 'under' ? -1 : 1) * STRIP * selected.width;
    const [x1, x2] = [frame.toX(Math.min(edge, far)), frame.toX(Math.max(edge, far))];
    const y = frame.toY(Math.max(count, floor));
    const height = Math.max(0, frame.top + frame.height - y);
    const [at, anchor] = side === 'under' ? [x1 + 2, 'start'] : [x2 - 2, 'end'];
    return [
      svgNode(canvas, 'rect', {
        ...{ x: x1, y, width: x2 - x1, height, fill, stroke: 'currentColor', 'stroke-opacity': 0.6 },
        'data-flow': `${side} ${count}`,
      }),
      label(canvas, at, y - 8, formatCount(count), { 'text-anchor': anchor, 'font-size': 11 }),
    ];
  });
}
