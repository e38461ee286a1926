import { readFileSync } from 'node:fs';

interface Value {
  readonly value: number;
  readonly error: number;
}

/** What scikit-learn, SciPy and NumPy make of small samples (test/fixtures/probes/merit/reference.py). */
export const merit = JSON.parse(readFileSync('test/fixtures/probes/merit/reference.json', 'utf8')) as {
  readonly auc: readonly (Value & {
    readonly positive: number[];
    readonly negative: number[];
    /** Error of pairs, where there are as many of both. */
    readonly paired?: number;
  })[];
  readonly mcnemar: readonly (Value & {
    readonly b: number;
    readonly c: number;
    readonly n: number;
    readonly significance: number;
  })[];
  readonly trees: { readonly x: number[][]; readonly label: number[]; readonly score: number[] };
  readonly shift: { readonly x: number[]; readonly mean: number; readonly error: number; readonly sigma68: number };
  readonly core: {
    readonly before: number[];
    readonly after: number[];
    readonly nominal: Value;
    readonly shift: Value;
  };
};

/** Keys of n events. */
export const keysOf = (n: number): { keyLo: Uint32Array; keyHi: Uint32Array } => ({
  keyLo: Uint32Array.from({ length: n }, (_, i) => i),
  keyHi: new Uint32Array(n).fill(7),
});
