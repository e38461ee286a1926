import { readFileSync } from 'node:fs';

/** test/fixtures/live/late_truth/reference.py */
export interface JoinReference {
  readonly lateness: number;
  readonly logs: Readonly<Record<'reco' | 'truth', ReferenceLog>>;
  readonly windows: readonly {
    readonly window: number;
    readonly key: readonly string[];
    readonly m_reco: readonly number[];
    readonly m_truth: readonly number[];
    readonly counts: Readonly<Record<string, number>>;
  }[];
  readonly waiting: Readonly<Record<'reco' | 'truth', number>>;
}

export interface ReferenceLog {
  readonly key: readonly string[];
  readonly window: readonly number[];
  readonly value: readonly number[];
  readonly late: readonly number[];
  readonly floor: readonly (number | null)[];
  /** Keys without repetition, rising. */
  readonly distinct: readonly string[];
}

export const joinReference = (): JoinReference =>
  JSON.parse(
    readFileSync(new URL('../fixtures/live/late_truth/late_truth.json', import.meta.url), 'utf8'),
  ) as JoinReference;

/** The two words of a 64-bit key, and back. */
export const keyWords = (key: bigint): [lo: number, hi: number] => [Number(key & 0xffffffffn), Number(key >> 32n)];
export const wholeKey = (lo: number, hi: number): bigint => (BigInt(hi) << 32n) | BigInt(lo);
