import { readFileSync } from 'node:fs';
import type { RegimeMeans } from '../../../operators/checks/mix_or_response.js';

interface Sides {
  readonly high: number[];
  readonly low: number[];
}
interface Value {
  readonly value: number;
  readonly error: number;
}

/** What NumPy and SciPy make of the same (test/fixtures/checks/reference.py). */
export const fixture = JSON.parse(readFileSync('test/fixtures/checks/reference.json', 'utf8')) as {
  readonly runLength: readonly { readonly k: number; readonly h: number; readonly length: number }[];
  readonly x: number[];
  readonly cusum: Sides;
  readonly pageHinkley: Sides;
  readonly windows: Record<'n' | 'value' | 'error', number[]> & { readonly residuals: (number | null)[] };
  readonly mix: Record<'before' | 'after', RegimeMeans> & Record<'total' | 'mix' | 'response', Value>;
};
