import type { Report } from '../../schemas/report.js';
import type { Point } from './error_bars.js';

type Profile = NonNullable<Report['dangerZones']>[number]['profiles'][number];

/**
 * Points of a profile for drawing: neighbours less than `least` apart at `place` become one, at their mean weighted by
 * the number of events, Σ n y / Σ n, with the error √(Σ n² σ²) / Σ n.
 */
export function closePoints(
  { centre, n, value, error }: Profile,
  place: (x: number) => number,
  least: number,
): Point[] {
  const points: Point[] = [];
  for (let from = 0; from < centre.length;) {
    let to = from + 1;
    while (to < centre.length && place(centre[to]!) - place(centre[from]!) < least) to++;
    let [events, x, y, variance] = [0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      events += n[i]!;
      x += n[i]! * centre[i]!;
      y += n[i]! * value[i]!;
      variance += (n[i]! * error[i]!) ** 2;
    }
    points.push({ x: x / events, y: y / events, error: Math.sqrt(variance) / events });
    from = to;
  }
  return points;
}
