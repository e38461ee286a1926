import { svgNode, type Canvas } from './canvas.js';

/** Hatching at 45°, a dark line on a light one so that it is seen on every ground; fill with `url(#id)`. */
export const hatchPattern = (canvas: Canvas, id: string, light = '#ffffff', dark = '#222222'): Element =>
  svgNode(
    canvas,
    'defs',
    {},
    svgNode(
      canvas,
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svgNode(canvas, 'rect', { width: 1.2, height: 6, fill: light }),
      svgNode(canvas, 'rect', { x: 1.2, width: 1.2, height: 6, fill: dark }),
    ),
  );
