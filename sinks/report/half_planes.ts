import type { Report } from '../../schemas/report.js';

export type Point = readonly [number, number];
type Regimes = NonNullable<Report['regimes']>;

/** The part of a convex polygon where a x + b y + c ≤ 0 (Sutherland and Hodgman, Reentrant Polygon Clipping, 1974). */
export function clip(polygon: readonly Point[], a: number, b: number, c: number): Point[] {
  const side = ([x, y]: Point) => a * x + b * y + c;
  const kept: Point[] = [];
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length]!;
    const [here, there] = [side(p), side(q)];
    if (here <= 0) kept.push(p);
    if (here < 0 === there < 0 || here === 0 || there === 0) return;
    const t = here / (here - there);
    kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
  });
  return kept;
}

/**
 * The region of each regime within a rectangle of the (x, y) plane, in data coordinates: a convex polygon, exact,
 * because an event belongs to the nearest centroid in z = (value − mean) / width, and |z − p|² ≤ |z − q|² is linear
 * in z. Further context variables are held at their mean. A regime that the rectangle does not meet has no points.
 */
export function regions(regimes: Regimes, x: string, y: string, rectangle: readonly Point[]): Point[][] {
  const variables = Object.entries(regimes.scale);
  const standard = regimes.map.map(({ centroid }) =>
    Object.fromEntries(variables.map(([name, { mean, width }]) => [name, ((centroid[name] ?? mean) - mean) / width])),
  );
  const norm = (z: Record<string, number>) => Object.values(z).reduce((sum, value) => sum + value * value, 0);
  const scaleOf = (name: string) => regimes.scale[name] ?? { mean: 0, width: 1 };
  const [sx, sy] = [scaleOf(x), scaleOf(y)];
  return standard.map((own, k) =>
    standard.reduce<Point[]>(
      (polygon, other, j) => {
        if (j === k) return polygon;
        const a = (2 * ((other[x] ?? 0) - (own[x] ?? 0))) / sx.width;
        const b = (2 * ((other[y] ?? 0) - (own[y] ?? 0))) / sy.width;
        return clip(polygon, a, b, norm(own) - norm(other) - a * sx.mean - b * sy.mean);
      },
      [...rectangle],
    ),
  );
}
