import { diverging, ramp } from '../../shared/colours.js';
import { formatPlain } from '../../shared/format_estimate.js';
import { label, svgNode, type Canvas } from './canvas.js';

const STEPS = 40;
const HEIGHT = 12;

/** The colours of −limit to limit per cent from (left, top) on, `width` pixels long, with its ends said beside it. */
export function colourBar(canvas: Canvas, left: number, top: number, width: number, limit: number): Element[] {
  const steps = Array.from({ length: STEPS }, (_, i) =>
    svgNode(canvas, 'rect', {
      ...{ x: left + (i * width) / STEPS, y: top, width: width / STEPS + 0.5, height: HEIGHT },
      fill: ramp(diverging, i / (STEPS - 1)),
    }),
  );
  const ends = `${formatPlain(-limit, 2)} to ${formatPlain(limit, 2)} %`;
  return [...steps, label(canvas, left + width + 8, top + HEIGHT / 2, ends)];
}
