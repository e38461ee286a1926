import * as Plot from '@observablehq/plot';
import type { Estimate } from '../../schemas/report.js';
import { colourOf, dashOf } from '../page/client/shared/colours.js';
import { beyond, errorBars, within } from './error_bars.js';

/** More windows than this are drawn as lines without points and errors. */
export const manyWindows = 150;

/** Estimates of one regime over the windows: points with errors, joined; the line breaks where one is not known. */
export function windowMarks(
  estimates: readonly (Estimate | undefined)[],
  domain: readonly [number, number],
  regime: number | 'all',
  what: string,
): unknown[] {
  const stroke = colourOf(regime);
  const name = `${what}, regime ${regime}`;
  // Regimes stand a little apart, so that their error bars do not cover each other.
  const shift = regime === 'all' ? 0 : 0.08 * ((regime % 5) - 2);
  const points = estimates.flatMap((one, i) =>
    one && one.value !== null ? [{ x: i + shift, y: one.value, error: one.error ?? 0 }] : [],
  );
  const line = estimates.map((one, i) => {
    const y = one?.value ?? NaN;
    return { x: i + shift, y: y >= domain[0] && y <= domain[1] ? y : NaN };
  });
  const few = estimates.length <= manyWindows;
  return [
    Plot.line(line, {
      ...{ x: 'x', y: 'y', stroke, strokeWidth: 1.2, strokeOpacity: few ? 0.5 : 1, strokeDasharray: dashOf(regime) },
      ariaDescription: `line of ${name}`,
    }),
    ...(few
      ? [
          errorBars(points, domain, { stroke, ariaDescription: `errors of ${name}` }),
          Plot.dot(within(points, domain), {
            x: 'x',
            y: 'y',
            r: 2.2,
            fill: stroke,
            ariaDescription: `points of ${name}`,
          }),
        ]
      : []),
    beyond(points, domain, stroke, name),
  ];
}
