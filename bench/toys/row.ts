import { wilson } from '../../operators/response/wilson.js';

/** A line of the result. */
export interface Row {
  readonly study: 'null' | 'coverage' | 'onset';
  readonly what: string;
  readonly value: number | null;
  /** Standard error: binomial for a share. */
  readonly error: number | null;
  /** What it should be, if it is stated. */
  readonly stated?: number;
  /** Samples, or intervals, behind the value. */
  readonly n: number;
}

/** k of n, with half the Wilson 68 % interval as error, which is above 0 for k = 0 and k = n too. */
export function share(study: Row['study'], what: string, k: number, n: number, stated?: number): Row {
  const { low, high } = wilson(n > 0 ? k / n : 0, n);
  return {
    ...{ study, what, value: n > 0 ? k / n : null, error: n > 0 ? (high - low) / 2 : null, n },
    ...(stated === undefined ? {} : { stated }),
  };
}

/** Mean of values with its standard error s / √n. */
export function average(study: Row['study'], what: string, x: readonly number[], stated?: number): Row {
  const n = x.length;
  const value = n > 0 ? x.reduce((sum, each) => sum + each, 0) / n : null;
  const square = x.reduce((sum, each) => sum + (each - value!) ** 2, 0);
  const error = n > 1 ? Math.sqrt(square / (n - 1) / n) : null;
  return { study, what, value, error, n, ...(stated === undefined ? {} : { stated }) };
}

/** Median of values, its error from the order statistics of ranks n/2 ± √n/2 (J. Maritz & R. Jarrett, 1978). */
export function middle(study: Row['study'], what: string, x: readonly number[], stated?: number): Row {
  const sorted = [...x].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, Math.round(rank)))]!;
  const half = Math.sqrt(n) / 2;
  const centre = (n - 1) / 2;
  return {
    ...{ study, what, n },
    value: n > 0 ? (sorted[Math.floor(centre)]! + sorted[Math.ceil(centre)]!) / 2 : null,
    error: n > 1 ? (at(centre + half) - at(centre - half)) / 2 : null,
    ...(stated === undefined ? {} : { stated }),
  };
}
