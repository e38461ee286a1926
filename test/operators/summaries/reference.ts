import { readFileSync } from 'node:fs';
import type { Bins } from '../../../operators/summaries/histogram.js';

interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly meanAbsolute: number;
  readonly effectiveN: number;
}

/** A small weighted sample in three groups, and what NumPy makes of it (test/fixtures/summaries/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/summaries/reference.json', 'utf8')) as {
  readonly x: number[];
  readonly y: number[];
  readonly delta: number[];
  readonly w: number[];
  readonly group: number[];
  readonly count: { n: number[]; w: number[]; w2: number[] };
  readonly histogram: { bins: Bins; n: number[][]; w: number[][]; w2: number[][] };
  readonly plane: { x: Bins; y: Bins } & Record<'n' | 'w' | 'delta' | 'delta2' | 'absolute', number[][]>;
  readonly moments: { weighted: Moments[]; counted: Moments[] };
};
