import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { BinSums } from '../../../operators/statistics/bin_sums.js';

interface TwoSamples {
  readonly name: string;
  readonly edges: number[];
  readonly a: number[];
  readonly b: number[];
  readonly a2: number[];
  readonly b2: number[];
  readonly wasserstein: number;
  readonly kolmogorov: number;
  readonly kolmogorovLog: number;
  readonly chi2?: number;
  readonly dof?: number;
  readonly logP?: number;
}

/** What mpmath and SciPy make of the same (test/fixtures/statistics/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/statistics/reference.json', 'utf8')) as {
  readonly normal: readonly { readonly z: number; readonly log: number }[];
  readonly sigma: readonly { readonly z: number; readonly log: number }[];
  readonly chiSquare: readonly { readonly x: number; readonly dof: number; readonly log: number }[];
  readonly kolmogorov: readonly { readonly lambda: number; readonly log: number }[];
  readonly holm: readonly { readonly p: number[]; readonly adjusted: number[] }[];
  readonly student: readonly { readonly t: number; readonly dof: number; readonly z: number }[];
  readonly samples: readonly TwoSamples[];
};

export const binned = ({ a, b, a2, b2 }: TwoSamples): [BinSums, BinSums] => [
  { w: a, w2: a2 },
  { w: b, w2: b2 },
];

export function near(found: number, wanted: number, relative: number): void {
  expect(Math.abs(found - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(relative * Math.abs(wanted));
}
