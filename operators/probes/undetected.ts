import { share, type Share } from './share.js';

/** Margins (Objective.margin) of events before and after an attack, and which of them the detector told apart. */
export interface Watched {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly toldApart: Uint8Array;
  readonly group: Uint16Array;
}

/**
 * Corrected fooling ratio: events that were right before, are fooled (margin below 0) and were not told from nominal
 * ones by the detector (detector.ts), of all that were right before. 'all' first, then each of `groups` regimes.
 * Events with a NaN margin are left out, as in fooling.ts.
 */
export function undetected(
  { before, after, toldApart, group }: Watched,
  groups: number,
): { readonly regime: number | 'all'; readonly undetected: Share }[] {
  const n = new Float64Array(groups);
  const k = new Float64Array(groups);
  for (let i = 0; i < before.length; i++) {
    if (!(before[i]! >= 0) || Number.isNaN(after[i]!)) continue;
    n[group[i]!]!++;
    if (after[i]! < 0 && toldApart[i] === 0) k[group[i]!]!++;
  }
  const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  return [
    { regime: 'all', undetected: share(sum(k), sum(n)) },
    ...Array.from(n, (events, regime) => ({ regime, undetected: share(k[regime]!, events) })),
  ];
}
