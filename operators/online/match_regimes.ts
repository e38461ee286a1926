import { munkres } from 'munkres';
import type { RegimeMap } from '../regimes/regime_map.js';
import { contentHash } from '../summaries/codec.js';

/** A regime map and the lasting number of each of its rows, rising: numbers are given once and never again. */
export interface VersionedMap {
  readonly map: RegimeMap;
  readonly ids: readonly number[];
}

export interface RegimeMatch {
  /** The fitted map, its rows in the order of their numbers. */
  readonly regimes: VersionedMap;
  readonly births: readonly number[];
  readonly deaths: readonly number[];
  /** Next number that no regime has ever had. */
  readonly unusedId: number;
}

/**
 * Numbers for the regimes of a new map, so that a number stays with its regime from version to version.
 *
 * The assignment of old regimes i to new ones j with the least Σ min(d²_ij, r_i²) is taken (H. W. Kuhn, 1955;
 * J. Munkres, 1957), d_ij the distance of the centroids in the old map's standardised units and
 * r_i = `farthest` · (distance of i to the nearest other old centroid), infinite for a lone regime. A pair with
 * d ≤ r keeps the number; else i has died, and j is born with the next unused number, in the order of the fit. The cap
 * makes an outlier cost no more than a death, so it cannot push the other regimes off their numbers.
 *
 * Centroids, and not the events that two regimes share: events beyond the edge of the old map, where new populations
 * show, all belong to the old regime that happens to be nearest, and would pass its number on.
 */
export function matchRegimes(old: VersionedMap, fitted: RegimeMap, unusedId: number, farthest: number): RegimeMatch {
  const before = old.map.centroids;
  const after = inUnitsOf(old.map, fitted);
  const caps = before.map((a, i) => {
    const others = before.filter((_, j) => j !== i).map((b) => squaredDistance(a, b));
    return farthest * farthest * Math.min(...others, Infinity);
  });
  const size = Math.max(before.length, after.length);
  const cost = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => {
      if (i >= before.length) return 0;
      return j < after.length ? Math.min(squaredDistance(before[i]!, after[j]!), caps[i]!) : caps[i]!;
    }),
  );
  const numbers = Array<number | undefined>(after.length).fill(undefined);
  for (const [i, j] of munkres(cost)) {
    if (i >= before.length || j >= after.length) continue;
    if (squaredDistance(before[i]!, after[j]!) <= caps[i]!) numbers[j] = old.ids[i]!;
  }
  let next = unusedId;
  const births: number[] = [];
  const ids = numbers.map((id) => {
    if (id !== undefined) return id;
    births.push(next);
    return next++;
  });
  const deaths = old.ids.filter((id) => !ids.includes(id));
  return { regimes: versionedMap(fitted, ids), births, deaths, unusedId: next };
}

/** Centroids of `fitted` in the standardised coordinates of `map`. */
export function inUnitsOf(map: RegimeMap, fitted: RegimeMap): number[][] {
  return fitted.centroids.map((row) =>
    row.map((z, d) => {
      const [to, from] = [map.scale[d]!, fitted.scale[d]!];
      return (z * from.width + from.mean - to.mean) / to.width;
    }),
  );
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d]! - b[d]!) * (a[d]! - b[d]!);
  return sum;
}

/** The rows with the numbers `kept`, in the order of their numbers; `ids` are those of all rows. */
export function versionedMap(map: RegimeMap, ids: readonly number[], kept = ids): VersionedMap {
  const order = [...ids.keys()].filter((row) => kept.includes(ids[row]!)).sort((a, b) => ids[a]! - ids[b]!);
  const { variables, scale } = map;
  const content = { variables, scale, centroids: order.map((row) => map.centroids[row]!) };
  const labels = order.map((row) => map.labels[row]!);
  return { map: { ...content, labels, version: contentHash(content) }, ids: order.map((row) => ids[row]!) };
}
