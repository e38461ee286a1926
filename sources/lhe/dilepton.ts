import { PARTICLE_FIELDS, type EventRecord } from './event.js';

/** The particles (their numbers in the event) that form the pair, or why there is none. */
export interface Dilepton {
  positive: number;
  negative: number;
}

export const NO_PAIR = 'no opposite-sign same-flavour lepton pair';

const FLAVOURS = [11, 13, 15];
/** Hardest final-state lepton so far, by 2 · flavour + charge: its particle number (-1: none) and pT². */
const hardest = new Int32Array(6);
const hardestPt = new Float64Array(6);

/**
 * Chooses the pair among the particles of status 1 with |pdg| 11, 13 or 15: of opposite charge and the same flavour,
 * with the largest sum of the transverse momenta pT = sqrt(px² + py²) [GeV]; on a tie the first in the file.
 * The hardest of either charge form the best pair of a flavour, so the work grows only with the number of particles.
 * False if there is no pair.
 */
export function chooseDilepton(event: EventRecord, pair: Dilepton): boolean {
  const { particles, count } = event;
  hardest.fill(-1);
  for (let k = 0; k < count; k++) {
    const at = k * PARTICLE_FIELDS;
    const id = particles[at]!;
    const absId = Math.abs(id);
    if (particles[at + 1] !== 1 || (absId !== 11 && absId !== 13 && absId !== 15)) continue;
    const slot = absId - 11 + (id > 0 ? 1 : 0);
    const px = particles[at + 6]!;
    const py = particles[at + 7]!;
    const pt = Math.sqrt(px * px + py * py);
    if (hardest[slot]! < 0 || pt > hardestPt[slot]!) {
      hardest[slot] = k;
      hardestPt[slot] = pt;
    }
  }
  let best = -1;
  let first = 0;
  for (let flavour = 0; flavour < FLAVOURS.length; flavour++) {
    const positive = hardest[2 * flavour]!;
    const negative = hardest[2 * flavour + 1]!;
    if (positive < 0 || negative < 0) continue;
    const sum = hardestPt[2 * flavour]! + hardestPt[2 * flavour + 1]!;
    const earlier = Math.min(positive, negative);
    if (sum < best || (sum === best && earlier > first)) continue;
    best = sum;
    first = earlier;
    pair.positive = positive;
    pair.negative = negative;
  }
  return best >= 0;
}
