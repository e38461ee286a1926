import type { Share } from '../../operators/probes/share.js';

export interface ShareAxis {
  readonly domain: readonly [number, number];
  readonly log: boolean;
}

/** Range in per cent that holds these shares and their intervals: from 0, or logarithmic if they span more than 20. */
export function shareAxis(shares: readonly Share[]): ShareAxis {
  const known = shares.filter(({ value }) => value !== null);
  const high = 100 * known.reduce((most, share) => Math.max(most, share.high), 0) || 100;
  const values = known.flatMap(({ value }) => (value !== null && value > 0 ? [100 * value] : []));
  const least = values.reduce((a, b) => Math.min(a, b), high);
  return high / least > 20
    ? { domain: [least / 2, Math.min(high * 1.5, 100)], log: true }
    : { domain: [0, Math.min(high * 1.08, 100)], log: false };
}
