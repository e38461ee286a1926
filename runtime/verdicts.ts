import type { Rejections } from '../operators/batch.js';

/** Which rows of a batch are turned away, each for the first reason met: why[i] is 0 or 1 + the reason's place. */
export interface Verdicts {
  readonly why: Uint16Array;
  readonly reasons: string[];
}

export const noVerdicts = (length: number): Verdicts => ({ why: new Uint16Array(length), reasons: [] });

export function reject({ why, reasons }: Verdicts, row: number, reason: string): void {
  if (why[row] !== 0) return;
  const at = reasons.indexOf(reason);
  why[row] = at < 0 ? reasons.push(reason) : at + 1;
}

/** Counts the verdicts into `rejected`; 1 for each row that stays, or null if all do. */
export function rowsLeft({ why, reasons }: Verdicts, rejected: Rejections): Uint8Array | null {
  if (reasons.length === 0) return null;
  const keep = new Uint8Array(why.length);
  for (let i = 0; i < why.length; i++) {
    const at = why[i]!;
    if (at === 0) keep[i] = 1;
    else rejected[reasons[at - 1]!] = (rejected[reasons[at - 1]!] ?? 0) + 1;
  }
  return keep;
}
